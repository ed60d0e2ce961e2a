import { VideoOff } from "../icons.ts";
import type { LocalMedia } from "../media/local.ts";
import { CAMERA_OFF } from "../privacy/words.ts";
import { Picture } from "./picture.tsx";

/** How the others will see this person, mirrored as people know themselves. */
export function SelfView({ media }: { media: LocalMedia }) {
  const camera = media.camera.value;
  return (
    <div class="mirror">
      {camera.is === "on" && <Picture track={camera.track} label="Your own picture" />}
      {camera.is === "asking" && <p role="status">Starting your camera… If your browser asks, choose “Allow”.</p>}
      {(camera.is === "off" || camera.is === "in_trouble") && (
        <p>
          <VideoOff aria-hidden="true" />
          <br />
          {CAMERA_OFF}
        </p>
      )}
    </div>
  );
}
