import { X } from "../../icons.ts";
import { staffWords } from "../../messages/words.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { isStaff } from "../../stage/tiles.ts";
import type { RoomChanged } from "../../wire/protocol.gen.ts";
import { roleWord } from "../words.ts";
import { RemovedPeople, SendOut } from "./removed.tsx";
import { TakeOver } from "./take-over.tsx";

interface OversightProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
}

/** For overseers who do not run this room: who is here, sending out, letting in, taking over. */
export function Oversight({ live, room }: OversightProps) {
  const me = live.welcome.value;
  const others = room.participants.filter((each) => each.member !== me?.member);
  const led = room.participants.some((each) => isStaff(each.role) && each.devices.length > 0);
  return (
    <div class="stack">
      {others.length > 0 && (
        <section>
          <h2>{staffWords.panel.here}</h2>
          <ul class="people">
            {others.map((each) => (
              <li key={each.member}>
                <span class="who">
                  <bdi class="name">{each.identity?.name ?? each.label}</bdi>
                  <span class="soft small">{roleWord(each.role)}</span>
                </span>
                {each.identity !== null && (
                  <SendOut person={each.identity} onRemove={(person) => live.ask({ type: "remove", person })} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <RemovedPeople removed={room.removed} onReadmit={(person) => live.ask({ type: "readmit", person })} />
      {!led && me !== null && <TakeOver session={me.session} onTaken={() => null} />}
    </div>
  );
}

interface PanelProps extends OversightProps {
  /** Whether the sheet is open, if there is no space for a panel at the side. */
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Beside the faces, where staff have their panel. */
export function OversightPanel({ live, room, open, onClose }: PanelProps) {
  return (
    <aside
      class="panel"
      data-open={open}
      aria-label={staffWords.panel.forSupervisors}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div class="panel-top row-apart">
        <span class="soft panel-word">{staffWords.panel.youObserve}</span>
        <button type="button" class="button plain only-narrow" aria-label={staffWords.common.close} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </div>
      <div class="panel-body">
        <Oversight live={live} room={room} />
      </div>
    </aside>
  );
}
