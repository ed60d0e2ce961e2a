import { useEffect, useRef, useState } from "preact/hooks";
import { hms, inWords } from "../../format.ts";
import { Ellipsis } from "../../icons.ts";
import { staffWords } from "../../messages/words.ts";
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
      {clients === undefined ? <Wait>{staffWords.panel.counting}</Wait> : <Clients live={live} room={room} clients={clients} />}
      {staff.length > 0 && (
        <section>
          <h2>{staffWords.panel.alsoHere}</h2>
          <ul class="people">
            {staff.map((each) => (
              <li key={each.member}>
                <span class="who">
                  <bdi class="name">{each.identity?.name ?? each.label}</bdi>
                  <span class="soft small">{roleWord(each.role)}</span>
                  {each.identity !== null && each.identity.guest_of !== null && (
                    <span class="soft small">{staffWords.panel.guestOf(each.identity.guest_of)}</span>
                  )}
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
  if (clients.length === 0) return <p class="soft">{staffWords.panel.noClients}</p>;
  return (
    <section>
      <div class="row row-apart">
        <h2>{staffWords.panel.clients}</h2>
        <span class="soft small">{staffWords.panel.creditedSoFar}</span>
      </div>
      <ul class="people" aria-label={staffWords.panel.attendanceSoFar}>
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
  /** Sent out: the list below has the button to let them back in. */
  readonly out: boolean;
}

function ClientRow({ live, client, out }: RowProps) {
  const [acting, setActing] = useState(false);
  return (
    <li>
      <span class="who">
        <bdi class="name">{client.name}</bdi>
        <span class={`badge ${out ? "warn" : badgeOf(client)}`}>{out ? staffWords.panel.sentOut : stateWord(client.state)}</span>
        {client.late_s !== null && client.late_s > 0 && (
          <span class={client.late ? "badge warn" : "soft small"}>{arrival(client)}</span>
        )}
        {client.elsewhere && <span class="badge warn">{staffWords.panel.elsewhere}</span>}
      </span>
      <span class="figure" aria-label={staffWords.panel.credited(inWords(client.credited_s))} role="img">
        {hms(client.credited_s)}
      </span>
      <span class="menu">
        {!out && (
          <button type="button" class="button plain" aria-label={staffWords.panel.more(client.name)} onClick={() => setActing(true)}>
            <Ellipsis aria-hidden="true" />
          </button>
        )}
      </span>
      {acting && <Acts live={live} client={client} onClose={() => setActing(false)} />}
    </li>
  );
}

/** A client who came after the start is late only after the cut-off. */
function arrival({ late, late_s }: ClientAttendance): string {
  const time = inWords(late_s ?? 0);
  return late ? staffWords.panel.lateBy(time) : staffWords.panel.cameAfter(time);
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

/** The harmless answer has the focus, as in every question. */
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
          <p>
            {client.state === "present" ? staffWords.panel.lobbyPresent : staffWords.panel.lobbyAway} {staffWords.panel.lobbyMeans}
          </p>
          <button type="button" class="button wide" onClick={() => act("return_to_lobby")}>
            {client.state === "present" ? staffWords.panel.toLobby : staffWords.panel.letWait}
          </button>
        </div>
      )}
      <div class="stack-tight">
        <p>
          {gone(client)} {staffWords.panel.removeMeans}
        </p>
        <button type="button" class="button grave wide" onClick={() => act("remove")}>
          {client.state === "present" || client.state === "waiting" ? staffWords.panel.remove : staffWords.panel.keepOut}
        </button>
      </div>
      <button type="button" class="button wide" ref={gentle} onClick={onClose}>
        {staffWords.common.cancel}
      </button>
    </Dialog>
  );
}

function gone(client: ClientAttendance): string {
  return client.state === "present" || client.state === "waiting" ? staffWords.panel.leaveNow : staffWords.panel.notHereNow;
}
