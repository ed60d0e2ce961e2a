import { clock, remaining } from "../format.ts";
import { words } from "../messages/words.ts";
import { secondsUntil } from "../now.ts";
import type { RoomChanged } from "../wire/protocol.gen.ts";

interface SessionClockProps {
  readonly room: RoomChanged;
  readonly zone: string | undefined;
}

/** The session's progress: before its start, on, on a break, or past its end. */
export function SessionClock({ room, zone }: SessionClockProps) {
  const shown = zone === undefined ? {} : { zone };
  return (
    <div class="room-clock">
      <div class="news" role="status">
        {room.break_since !== null && <span class="badge warn">{words.room.breakSince(clock(room.break_since, shown))}</span>}
      </div>
      <time>{standing(room, shown)}</time>
    </div>
  );
}

function standing(room: RoomChanged, shown: { readonly zone?: string }): string {
  if (room.phase === "before") {
    const seconds = secondsUntil(room.starts);
    return seconds > 0 ? words.room.startsIn(remaining(seconds)) : words.room.plannedFor(clock(room.starts, shown));
  }
  const left = secondsUntil(room.ends);
  const end = clock(room.ends, shown);
  return left > 0 ? words.room.left(remaining(left), end) : words.room.plannedEnd(end);
}
