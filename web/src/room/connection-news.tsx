import { clock } from "../format.ts";
import { Wifi, WifiOff } from "../icons.ts";
import type { LiveRoom } from "./live-room.ts";
import { StuckHelp } from "./stuck.tsx";

interface NewsProps {
  readonly live: LiveRoom;
  readonly zone: string | undefined;
}

/** Says when the connection dropped, that it is being mended, and that nothing is lost. Silent while all is well. */
export function ConnectionNews({ live, zone }: NewsProps) {
  const phase = live.signaling.phase.value;
  const sentence = phase.is === "open" ? mediaNews(live) : dropped(live, zone);
  const Icon = phase.is === "open" ? Wifi : WifiOff;
  return (
    <>
      <div class="news" role="status">
        {sentence !== null && (
          <p class="banner warn">
            <Icon aria-hidden="true" />
            <span>{sentence}</span>
          </p>
        )}
      </div>
      <StuckHelp live={live} />
    </>
  );
}

function dropped(live: LiveRoom, zone: string | undefined): string | null {
  const heard = live.signaling.heardAt.value;
  if (heard === null) return null;
  const until = clock(heard, zone === undefined ? {} : { zone });
  return `Your connection dropped. Reconnecting… Your time is safe up to ${until}.`;
}

const BROKEN: ReadonlySet<string> = new Set(["failed", "disconnected"]);

function mediaNews(live: LiveRoom): string | null {
  if (live.room.value?.here !== true) return null;
  const receives = !BROKEN.has(live.subscribing.state.value);
  return receives ? null : "Sound and pictures have stopped. We are connecting them again; you are still here.";
}
