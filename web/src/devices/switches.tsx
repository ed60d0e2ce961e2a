import type { ComponentType } from "preact";
import { Mic, MicOff, MonitorUp, MonitorX, Video, VideoOff } from "../icons.ts";
import type { LocalMedia } from "../media/local.ts";
import type { Kind } from "../media/trouble.ts";
import { words } from "../messages/words.ts";

interface SwitchProps {
  readonly media: LocalMedia;
}

export function MicrophoneSwitch({ media }: SwitchProps) {
  return <Switch name={words.devices.mic} kind="microphone" on={media.audible.value} On={Mic} Off={MicOff} turn={(on) => media.setMicrophone(on)} />;
}

export function CameraSwitch({ media }: SwitchProps) {
  return <Switch name={words.devices.camera} kind="camera" on={media.visible.value} On={Video} Off={VideoOff} turn={(on) => media.setCamera(on)} />;
}

/** Not every browser can share a screen; phones cannot. */
export function ScreenSwitch({ media }: SwitchProps) {
  if (navigator.mediaDevices?.getDisplayMedia === undefined) return null;
  const sharing = media.screen.value !== null;
  const Icon = sharing ? MonitorX : MonitorUp;
  return (
    <button type="button" class="button" onClick={() => (sharing ? media.stopSharing() : void media.shareScreen())}>
      <Icon aria-hidden="true" />
      {sharing ? words.devices.stopSharing : words.devices.shareScreen}
    </button>
  );
}

interface TheSwitchProps {
  readonly name: string;
  readonly kind: Kind;
  readonly on: boolean;
  readonly On: ComponentType<{ "aria-hidden": "true" }>;
  readonly Off: ComponentType<{ "aria-hidden": "true" }>;
  readonly turn: (on: boolean) => void;
}

function Switch({ name, kind, on, On, Off, turn }: TheSwitchProps) {
  const Icon = on ? On : Off;
  return (
    <button type="button" class={`button ${on ? "" : "off"}`} aria-pressed={on} onClick={() => turn(!on)}>
      <Icon aria-hidden="true" />
      <span>
        {name}
        <span class="state" aria-hidden="true">
          {` ${words.devices[on ? "on" : "off"][kind]}`}
        </span>
      </span>
    </button>
  );
}
