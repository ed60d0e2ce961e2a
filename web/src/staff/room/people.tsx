import { useEffect, useRef, useState } from "preact/hooks";
import { hms, inWords } from "../../format.ts";
import { Ellipsis } from "../../icons.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { Wait } from "../../ui/banner.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ClientAttendance, RoomChanged } from "../../wire/protocol.gen.ts";
import { RemovedPeople, SendOut } from "../oversight/removed.tsx";
import { roleWord, stateWord } from "../words.ts";

/** Live attendance: each client's credited time so far, and who is away or was late. */
export function People({ live, room }: { live: LiveRoom; room: RoomChanged }) {
  const clients = live.attendance.value?.clients;
  const staff = room.participants.filter((each) => each.role !== "client");
  return (
    <div class="panel-body stack" role="tabpanel" id="panel-people" aria-labelledby="tab-people" tabIndex={0}>
      {clients === undefined ? <Wait>Counting the time so far…</Wait> : <Clients live={live} room={room} clients={clients} />}
      {staff.length > 0 && (
        <section>
          <h2>Also here</h2>
          <ul class="people">
            {staff.map((each) => (
              <li key={each.member}>
                <span class="who">
                  <span class="name">{each.identity?.name ?? each.label}</span>
                  <span class="soft small">{roleWord(each.role)}</span>
                </span>
                {live.welcome.value?.oversees === true && each.member !== live.welcome.value.member && each.identity !== null && (
                  <SendOut person={each.identity} onRemove={(person) => live.ask({ type: "remove", person })} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <RemovedPeople removed={room.removed} onReadmit={(person) => live.ask({ type: "readmit", person })} />
    </div>
  );
}

interface ClientsProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly clients: readonly ClientAttendance[];
}

function Clients({ live, room, clients }: ClientsProps) {
  const out = new Set(room.removed.map((each) => each.person));
  if (clients.length === 0) return <p class="soft">No clients are on the list of this session.</p>;
  return (
    <section>
      <div class="row row-apart">
        <h2>Clients</h2>
        <span class="soft small">Credited so far</span>
      </div>
      <ul class="people" aria-label="Attendance so far">
        {clients.map((client) => (
          <ClientRow key={client.person} live={live} client={client} out={out.has(client.person)} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly live: LiveRoom;
  readonly client: ClientAttendance;
  /** Sent out: the list below has the way back in. */
  readonly out: boolean;
}

function ClientRow({ live, client, out }: RowProps) {
  const [acting, setActing] = useState(false);
  return (
    <li>
      <span class="who">
        <span class="name">{client.name}</span>
        <span class={`badge ${out ? "warn" : badgeOf(client)}`}>{out ? "Sent out" : stateWord(client.state)}</span>
        {client.late_s !== null && client.late_s > 0 && (
          <span class={client.late ? "badge warn" : "soft small"}>{arrival(client)}</span>
        )}
        {client.elsewhere && <span class="badge warn">Also in another session</span>}
      </span>
      <span class="figure" aria-label={`Credited ${inWords(client.credited_s)}`} role="img">
        {hms(client.credited_s)}
      </span>
      <span class="menu">
        {!out && (
          <button type="button" class="button plain" aria-label={`More for ${client.name}`} onClick={() => setActing(true)}>
            <Ellipsis aria-hidden="true" />
          </button>
        )}
      </span>
      {acting && <Acts live={live} client={client} onClose={() => setActing(false)} />}
    </li>
  );
}

/** Who came after the start is late only past the cut-off. */
function arrival({ late, late_s }: ClientAttendance): string {
  return late ? `Late by ${inWords(late_s ?? 0)}` : `Came ${inWords(late_s ?? 0)} after the start`;
}

function badgeOf(client: ClientAttendance): string {
  if (client.state === "present") return "good";
  return client.state === "away" ? "warn" : "";
}

interface ActsProps {
  readonly live: LiveRoom;
  readonly client: ClientAttendance;
  readonly onClose: () => void;
}

/** The gentle answer has the keyboard, as in every question. */
function Acts({ live, client, onClose }: ActsProps) {
  const gentle = useRef<HTMLButtonElement>(null);
  useEffect(() => gentle.current?.focus(), []);
  const act = (type: "return_to_lobby" | "remove") => {
    live.ask({ type, person: client.person });
    onClose();
  };
  return (
    <Dialog title={client.name} onClose={onClose}>
      {(client.state === "present" || client.state === "away") && (
        <div class="stack-tight">
          <p>{LOBBY[client.state]} Time in the lobby is not credited.</p>
          <button type="button" class="button wide" onClick={() => act("return_to_lobby")}>
            {client.state === "present" ? "Return to the lobby" : "Let them wait in the lobby"}
          </button>
        </div>
      )}
      <div class="stack-tight">
        <p>{gone(client)} They cannot come in until you let them back in, and the time between is not credited.</p>
        <button type="button" class="button grave wide" onClick={() => act("remove")}>
          {client.state === "present" || client.state === "waiting" ? "Remove from the session" : "Keep out of the session"}
        </button>
      </div>
      <button type="button" class="button wide" ref={gentle} onClick={onClose}>
        Cancel
      </button>
    </Dialog>
  );
}

const LOBBY = {
  present: "They wait outside until you let them in again.",
  away: "They are away. When they come back, they wait outside until you let them in.",
};

function gone(client: ClientAttendance): string {
  return client.state === "present" || client.state === "waiting" ? "They leave now." : "They are not here now.";
}
