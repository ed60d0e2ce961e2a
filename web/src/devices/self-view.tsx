import { VideoOff } from "../icons.ts";
import type { LocalMedia } from "../media/local.ts";
import { words } from "../messages/words.ts";
import { Picture } from "./picture.tsx";

/** This person's picture as others will see it, but mirrored, as people know themselves. */
export function SelfView({ media }: { media: LocalMedia }) {
  const camera = media.camera.value;
  return (
    <div class="mirror">
      {camera.is === "on" && <Picture track={camera.track} label={words.stage.ownPicture} />}
      {camera.is === "asking" && <p role="status">{words.devices.startingCamera}</p>}
      {(camera.is === "off" || camera.is === "in_trouble") && (
        <p>
          <VideoOff aria-hidden="true" />
          <br />
          {words.privacy.cameraOff}
        </p>
      )}
    </div>
  );
}
