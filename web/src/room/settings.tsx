import { DeviceHelp, DevicePickers } from "../devices/device-pickers.tsx";
import { MicrophoneMeter } from "../devices/microphone-meter.tsx";
import { words } from "../messages/words.ts";
import { ownPictureHidden } from "../stage/stage.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { LiveRoom } from "./live-room.ts";

/** Devices, volume, and whether one's own picture is shown. */
export function SettingsDialog({ live, onClose }: { live: LiveRoom; onClose: () => void }) {
  return (
    <Dialog title={words.room.settings} onClose={onClose}>
      <MicrophoneMeter media={live.media} />
      <DeviceHelp media={live.media} />
      <DevicePickers media={live.media} />
      <label class="check">
        <input
          type="checkbox"
          checked={ownPictureHidden.value}
          onChange={(event) => (ownPictureHidden.value = event.currentTarget.checked)}
        />
        <span>{words.privacy.hideOwn}</span>
      </label>
      <div class="answers">
        <button type="button" class="button main" onClick={onClose}>
          {words.room.done}
        </button>
      </div>
    </Dialog>
  );
}
