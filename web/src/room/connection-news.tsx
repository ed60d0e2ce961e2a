import { clock } from "../format.ts";
import { Wifi, WifiOff } from "../icons.ts";
import { words } from "../messages/words.ts";
import { stillSent } from "../privacy/news.tsx";
import type { LiveRoom } from "./live-room.ts";
import { StuckWays, stuckWords } from "./stuck.tsx";

interface NewsProps {
  readonly live: LiveRoom;
  readonly zone: string | undefined;
}

/** Says that the connection dropped, is being restored, and loses nothing. Shows nothing while all is well. */
export function ConnectionNews({ live, zone }: NewsProps) {
  const open = live.signaling.phase.value.is === "open";
  const sentences = open ? mediaNews(live) : dropped(live, zone);
  const Icon = open ? Wifi : WifiOff;
  return (
    <div class="news" role="status">
      {sentences.length > 0 && (
        <div class="banner warn">
          <Icon aria-hidden="true" />
          <div class="stack-tight">
            <span>{sentences.join(" ")}</span>
            {!open && <StuckWays live={live} />}
          </div>
        </div>
      )}
    </div>
  );
}

function dropped(live: LiveRoom, zone: string | undefined): readonly string[] {
  const heard = live.signaling.heardAt.value;
  if (heard === null) return [];
  const until = clock(heard, zone === undefined ? {} : { zone });
  const safe = words.room.dropped(until);
  return [safe, ...stillSent(live), ...stuckWords(live)];
}

const BROKEN: ReadonlySet<string> = new Set(["failed", "disconnected"]);

function mediaNews(live: LiveRoom): readonly string[] {
  if (live.room.value?.here !== true || !BROKEN.has(live.subscribing.state.value)) return [];
  return [words.room.mediaStopped];
}
