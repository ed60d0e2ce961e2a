import { useEffect, useRef } from "preact/hooks";
import { clock } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { announce } from "../../ui/announcer.tsx";
import type { RoomChanged } from "../../wire/protocol.gen.ts";

interface WaitingProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly zone: string | undefined;
  /** One line instead of the list, beside a note that needs the space. */
  readonly brief: boolean;
  readonly onList: () => void;
}

/** The people in the lobby, shown whatever staff are doing. */
export function WaitingPeople({ live, room, zone, brief, onList }: WaitingProps) {
  const { waiting } = room;
  useAnnouncedArrivals(room);
  if (waiting.length === 0) return <div />;
  const before = room.phase === "before";
  return (
    <section class="panel-waiting" aria-label={staffWords.panel.waitingList}>
      <div class="row row-apart">
        <h2>{staffWords.panel.waitingTitle(waiting.length)}</h2>
        {brief && (
          <button type="button" class="button" onClick={onList}>
            {staffWords.panel.seeWho}
          </button>
        )}
        {!brief && waiting.length > 1 && (
          <button
            type="button"
            class="button"
            aria-disabled={before}
            onClick={() => before || live.ask({ type: "admit_all" })}
          >
            {staffWords.panel.admitAll}
          </button>
        )}
      </div>
      {before && <p class="small">{staffWords.panel.startFirst}</p>}
      {!brief && <List live={live} room={room} zone={zone} />}
    </section>
  );
}

/** Its buttons are focusable before the start too, so that the keyboard can scroll the list. */
function List({ live, room, zone }: Pick<WaitingProps, "live" | "room" | "zone">) {
  const before = room.phase === "before";
  return (
    <ul>
      {room.waiting.map((each) => (
        <li key={each.person}>
          <span>
            <bdi>{each.name}</bdi> {each.guest_of !== null && <span class="small">{staffWords.panel.guestOf(each.guest_of)} · </span>}
            <span class="small">{staffWords.panel.since(clock(each.since, zone === undefined ? {} : { zone }))}</span>
          </span>
          <button
            type="button"
            class="button"
            aria-disabled={before}
            onClick={() => before || live.ask({ type: "admit", person: each.person })}
          >
            {staffWords.panel.admit}
            <span class="unseen"> {staffWords.panel.whom(each.name)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function useAnnouncedArrivals({ waiting }: RoomChanged): void {
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const arrived = waiting.filter((each) => !known.current.has(each.person));
    known.current = new Set(waiting.map((each) => each.person));
    if (arrived.length > 0) announce(staffWords.panel.waitingNow(arrived.map((each) => each.name).join(", ")));
  }, [waiting]);
}
