import { useState } from "preact/hooks";
import { hms, inWords } from "../format.ts";
import { Ellipsis } from "../icons.ts";
import type { ClientAttendance, RoomChanged } from "../protocol.gen.ts";
import { Wait } from "../ui/banner.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { roleWord, stateWord } from "../words.ts";
import type { LiveRoom } from "./live-room.ts";

/** Live attendance: each client's credited time so far, and who is away or was late. */
export function People({ live, room }: { live: LiveRoom; room: RoomChanged }) {
  const clients = live.attendance.value?.clients;
  const staff = room.participants.filter((each) => each.role !== "client");
  return (
    <div class="panel-body stack" role="tabpanel" id="panel-people" aria-labelledby="tab-people" tabIndex={0}>
      {clients === undefined ? <Wait>Counting the time so far…</Wait> : <Clients live={live} clients={clients} />}
      {staff.length > 0 && (
        <section>
          <h2>Also here</h2>
          <ul class="people">
            {staff.map((each) => (
              <li key={each.person}>
                <span class="name">{each.name}</span>
                <span class="soft small">{roleWord(each.role)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Clients({ live, clients }: { live: LiveRoom; clients: readonly ClientAttendance[] }) {
  if (clients.length === 0) return <p class="soft">No clients are on the list of this session.</p>;
  return (
    <section>
      <div class="row row-apart">
        <h2>Clients</h2>
        <span class="soft small">Credited so far</span>
      </div>
      <ul class="people" aria-label="Attendance so far">
        {clients.map((client) => (
          <ClientRow key={client.person} live={live} client={client} />
        ))}
      </ul>
    </section>
  );
}

function ClientRow({ live, client }: { live: LiveRoom; client: ClientAttendance }) {
  const [acting, setActing] = useState(false);
  const inTheRoom = client.state === "present" || client.state === "waiting";
  return (
    <li>
      <span class="who">
        <span class="name">{client.name}</span>
        <span class={`badge ${badgeOf(client)}`}>{stateWord(client.state)}</span>
        {client.late_s !== null && client.late_s > 0 && (
          <span class={client.late ? "badge warn" : "soft small"}>Late by {hms(client.late_s)}</span>
        )}
        {client.elsewhere && <span class="badge warn">Also in another session</span>}
      </span>
      <span class="figure" aria-label={`Credited ${inWords(client.credited_s)}`} role="img">
        {hms(client.credited_s)}
      </span>
      <span class="menu">
        {inTheRoom && (
          <button type="button" class="button plain" aria-label={`More for ${client.name}`} onClick={() => setActing(true)}>
            <Ellipsis aria-hidden="true" />
          </button>
        )}
      </span>
      {acting && <Acts live={live} client={client} onClose={() => setActing(false)} />}
    </li>
  );
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

function Acts({ live, client, onClose }: ActsProps) {
  const act = (type: "return_to_lobby" | "remove") => {
    live.ask({ type, person: client.person });
    onClose();
  };
  return (
    <Dialog title={client.name} onClose={onClose}>
      {client.state === "present" && (
        <div class="stack-tight">
          <p>They wait outside until you let them in again. Time in the lobby is not credited.</p>
          <button type="button" class="button wide" onClick={() => act("return_to_lobby")}>
            Return to the lobby
          </button>
        </div>
      )}
      <div class="stack-tight">
        <p>They leave, and cannot come back to this session.</p>
        <button type="button" class="button grave wide" onClick={() => act("remove")}>
          Remove from the session
        </button>
      </div>
      <button type="button" class="button wide" onClick={onClose}>
        Cancel
      </button>
    </Dialog>
  );
}
