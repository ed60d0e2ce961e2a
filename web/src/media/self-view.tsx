import { VideoOff } from "../icons.ts";
import type { LocalMedia } from "./local.ts";
import { Picture } from "./picture.tsx";

/** How the others will see this person, mirrored as people know themselves. */
export function SelfView({ media }: { media: LocalMedia }) {
  const camera = media.camera.value;
  return (
    <div class="mirror">
      {camera.is === "on" && <Picture track={camera.track} label="You, as the others will see you" />}
      {camera.is === "asking" && <p role="status">Starting your camera… If your browser asks, choose “Allow”.</p>}
      {(camera.is === "off" || camera.is === "in_trouble") && (
        <p>
          <VideoOff aria-hidden="true" />
          <br />
          Your camera is off. That is fine: the others see your name.
        </p>
      )}
    </div>
  );
}
