import type { ComponentChildren } from "preact";
import type { LocalMedia } from "../media/local.ts";
import { words } from "../messages/words.ts";
import { DeviceHelp, DevicePickers } from "./device-pickers.tsx";
import { MicrophoneMeter } from "./microphone-meter.tsx";
import { SelfView } from "./self-view.tsx";
import { CameraSwitch, MicrophoneSwitch } from "./switches.tsx";

/** Before entering: one's own picture and sound, the devices, and the button to enter. No device has to work. */
export function DeviceCheck({ media, children }: { media: LocalMedia; children: ComponentChildren }) {
  return (
    <div class="door">
      <div class="stack">
        <SelfView media={media} />
        <div class="row">
          <MicrophoneSwitch media={media} />
          <CameraSwitch media={media} />
        </div>
      </div>
      <div class="stack">
        <h2>{words.devices.check}</h2>
        <MicrophoneMeter media={media} />
        <DeviceHelp media={media} />
        {children}
        <DevicePickers media={media} />
      </div>
    </div>
  );
}
