import { useEffect, useState } from "preact/hooks";
import { clock, day, isolated, timeRange, timeRangeHere } from "../format.ts";
import { staffWords } from "../messages/words.ts";
import type { Me, Session } from "../wire/api.gen.ts";
import { kindOf, titleOf } from "../words.ts";
import { Cancellation } from "./cancellation.tsx";
import { entersRooms, may } from "./office/navigation.ts";
import { useOffice } from "./office/signed-in.ts";
import { attendancePath, roomPath, rosterPath } from "./router.ts";
import { phaseWord } from "./words.ts";

const PHASE_BADGES: { readonly [phase in Session["phase"]]?: string } = { live: "live", cancelled: "warn" };

interface SessionsProps {
  readonly sessions: ReadonlyArray<Session>;
  /** Each with its day, where they are not all of today. */
  readonly dated?: boolean;
}

/** Sessions, each with the ways to what can be done with it. */
export function Sessions({ sessions, dated = false }: SessionsProps) {
  return (
    <ul class="stack">
      {sessions.map((session) => (
        <li key={session.id}>
          <SessionCard planned={session} dated={dated} />
        </li>
      ))}
    </ul>
  );
}

interface CardProps {
  readonly planned: Session;
  readonly dated: boolean;
}

function SessionCard({ planned, dated }: CardProps) {
  const [changed, setChanged] = useState<Session | null>(null);
  useEffect(() => setChanged(null), [planned]);
  const session = changed ?? planned;
  const kept = session.kind !== "mutual_help";
  return (
    <article class="card session-card" aria-labelledby={`title-${session.id}`}>
      <When session={session} dated={dated} />
      <div class="stack-tight">
        <div class="row">
          <h2 id={`title-${session.id}`}>{titleOf(session)}</h2>
          <span class={`badge ${PHASE_BADGES[session.phase] ?? ""}`} role="status">{phaseWord(session.phase)}</span>
        </div>
        <p class="soft">
          {kindOf(session)} · {session.program_name}
        </p>
        {dated && kept && <p>{ledBy(session)}</p>}
        <p>{kept ? expected(session) : staffWords.pages.nothingKept}</p>
        <div class="row">
          <Room session={session} />
          {kept && !(dated && session.phase === "planned") && <AttendanceLink session={session} />}
          <WhoComes session={session} />
          <Cancellation session={session} onChanged={setChanged} />
        </div>
      </div>
    </article>
  );
}

interface OfSession {
  readonly session: Session;
}

function When({ session, dated }: OfSession & { readonly dated: boolean }) {
  const zone = { zone: session.timezone };
  const here = timeRangeHere(session.starts, session.ends, session.timezone);
  return (
    <div class="when">
      {dated && <span>{day(session.starts, zone)}</span>}
      <strong>
        <time dateTime={session.starts}>{clock(session.starts, zone)}</time>
      </strong>
      <span class="small soft">{timeRange(session.starts, session.ends, zone)}</span>
      {here !== null && <span class="small soft">{staffWords.common.whereYouAre(here)}</span>}
    </div>
  );
}

const isOver = ({ phase }: Session): boolean => phase === "ended" || phase === "cancelled";

function Room({ session }: OfSession) {
  const { me } = useOffice();
  if (isOver(session) || !mayEnter(me, session)) return null;
  return (
    <a class="button main" href={roomPath(session.id)}>
      {staffWords.pages.openRoom}
      <span class="unseen"> {staffWords.pages.ofSession(titleOf(session))}</span>
    </a>
  );
}

function AttendanceLink({ session }: OfSession) {
  return (
    <a class="button" href={attendancePath(session.id)}>
      {staffWords.pages.attendance}
      <span class="unseen"> {staffWords.pages.ofSession(titleOf(session))}</span>
    </a>
  );
}

function expected({ roster }: Session): string {
  const clients = roster.filter(({ role }) => role === "client");
  if (clients.length === 0) return staffWords.pages.nobodyExpected;
  return staffWords.pages.expected(clients.length, clients.map(({ name }) => isolated(name)).join(", "));
}

/** Nobody oversees a mutual-help meeting: only who leads rooms comes in. */
const mayEnter = (me: Me, { kind }: Session): boolean => (kind === "mutual_help" ? may(me, "rooms.lead") : entersRooms(me));

function ledBy({ roster }: Session): string {
  const leaders = roster.filter(({ role }) => role === "facilitator" || role === "co_facilitator");
  if (leaders.length === 0) return staffWords.planning.ledByNobody;
  return staffWords.planning.ledBy(leaders.map(({ name }) => isolated(name)).join(", "));
}

/** The way to the roster, while it can still change who comes. */
function WhoComes({ session }: OfSession) {
  const { me } = useOffice();
  if (session.kind === "mutual_help" || isOver(session) || !may(me, "sessions.plan")) return null;
  return (
    <a class="button" href={rosterPath(session.id)}>
      {staffWords.planning.changeRoster}
      <span class="unseen"> {staffWords.pages.ofSession(titleOf(session))}</span>
    </a>
  );
}
