import { useId } from "preact/hooks";
import type { LocalMedia } from "../media/local.ts";
import type { Kind, Trouble } from "../media/trouble.ts";
import { words } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";

const CAN_CHOOSE_SPEAKER = "setSinkId" in HTMLMediaElement.prototype;

/** What to do about a microphone or a camera that does not work. */
export function DeviceHelp({ media }: { media: LocalMedia }) {
  return (
    <>
      <Troubles media={media} />
      <PausedDevices media={media} />
    </>
  );
}

/** Says that the device itself has stopped a microphone or a camera that is switched on here. */
export function PausedDevices({ media }: { media: LocalMedia }) {
  const kinds = (["microphone", "camera"] as const).filter((kind) => media.paused[kind].value);
  if (kinds.length === 0) return null;
  return (
    <Banner tone="warn" action={<TryAgain media={media} kinds={kinds} />}>
      {words.devices.paused(kinds, words.privacy.paused)}
    </Banner>
  );
}

function Troubles({ media }: { media: LocalMedia }) {
  const microphone = troubleWith(media, "microphone");
  const camera = troubleWith(media, "camera");
  if (microphone !== null && microphone === camera) {
    return <Help media={media} kinds={["microphone", "camera"]} trouble={microphone} />;
  }
  return (
    <>
      {microphone !== null && <Help media={media} kinds={["microphone"]} trouble={microphone} />}
      {camera !== null && <Help media={media} kinds={["camera"]} trouble={camera} />}
    </>
  );
}

function troubleWith(media: LocalMedia, kind: Kind): Trouble | null {
  const source = media[kind].value;
  return source.is === "in_trouble" ? source.trouble : null;
}

/** Choices of microphone, camera and speaker, each only if there is more than one. */
export function DevicePickers({ media }: { media: LocalMedia }) {
  const { microphones, cameras, speakers } = media.found.value;
  return (
    <>
      <Picker
        name={words.devices.microphone}
        devices={microphones}
        chosen={media.chosen("microphone")}
        onChoose={(id) => media.choose("microphone", id)}
      />
      <Picker
        name={words.devices.camera}
        devices={cameras}
        chosen={media.chosen("camera")}
        onChoose={(id) => media.choose("camera", id)}
      />
      {CAN_CHOOSE_SPEAKER && (
        <Picker
          name={words.devices.speaker}
          devices={speakers}
          chosen={media.speaker.value}
          onChoose={(id) => media.chooseSpeaker(id)}
        />
      )}
    </>
  );
}

interface PickerProps {
  readonly name: string;
  readonly devices: readonly MediaDeviceInfo[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function Picker({ name, devices, chosen, onChoose }: PickerProps) {
  const id = useId();
  if (devices.length < 2) return null;
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <select
        id={id}
        class="select"
        value={chosen ?? devices[0]?.deviceId ?? ""}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {devices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${name} ${index + 1}`}
          </option>
        ))}
      </select>
    </div>
  );
}

interface HelpProps {
  readonly media: LocalMedia;
  readonly kinds: readonly Kind[];
  readonly trouble: Trouble;
}

function Help({ media, kinds, trouble }: HelpProps) {
  return (
    <Banner tone="warn" action={<TryAgain media={media} kinds={kinds} />}>
      {words.devices.trouble[trouble](kinds)}
    </Banner>
  );
}

function TryAgain({ media, kinds }: Pick<HelpProps, "media" | "kinds">) {
  return (
    <button type="button" class="button" onClick={() => void media.turnOn(...kinds)}>
      {words.common.tryAgain}
      <span class="unseen">: {words.devices.which(kinds)}</span>
    </button>
  );
}
