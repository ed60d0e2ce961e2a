import { useEffect, useState } from "preact/hooks";
import { clock, day, isolated, timeRange, timeRangeHere } from "../format.ts";
import { staffWords } from "../messages/words.ts";
import { now } from "../now.ts";
import { Age } from "../ui/age.tsx";
import { PageHead } from "../ui/frame/page-head.tsx";
import { Listed } from "../ui/listed.tsx";
import type { Session } from "../wire/api.gen.ts";
import { useLoaded } from "../wire/loaded.ts";
import { isSignedOut } from "../wire/request.ts";
import { kindOf, titleOf } from "../words.ts";
import { api } from "./api.ts";
import { Cancellation } from "./cancellation.tsx";
import { ExpiringLicences } from "./licences/expiring.tsx";
import { entersRooms, may } from "./office/navigation.ts";
import { useOffice } from "./office/signed-in.ts";
import { attendancePath, roomPath, rosterPath } from "./router.ts";
import { phaseWord } from "./words.ts";

const PHASE_BADGES: { readonly [phase in Session["phase"]]?: string } = { live: "live", cancelled: "warn" };

/** The sessions of today that the person sees. */
export function Today() {
  const { me, onSignedOut } = useOffice();
  const [loaded, again] = useLoaded("today", api.sessionsToday, { whenSeen: true });
  const signedOut = loaded.is === "failed" && isSignedOut(loaded.error);
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut]);
  return (
    <div class="stack medium">
      <PageHead title={staffWords.pages.today} lead={`${me.clinic_name} · ${day(now.value)}`} />
      <ExpiringLicences />
      <Listed loaded={loaded} again={again} waiting={staffWords.pages.fetchingToday} empty={staffWords.pages.noneToday}>
        {(sessions) => <Sessions sessions={sessions} />}
      </Listed>
      <Age loaded={loaded} again={again} />
    </div>
  );
}

function Sessions({ sessions }: { readonly sessions: ReadonlyArray<Session> }) {
  return (
    <ul class="stack">
      {sessions.map((session) => (
        <li key={session.id}>
          <SessionCard planned={session} />
        </li>
      ))}
    </ul>
  );
}

function SessionCard({ planned }: { planned: Session }) {
  const { me } = useOffice();
  const [changed, setChanged] = useState<Session | null>(null);
  useEffect(() => setChanged(null), [planned]);
  const session = changed ?? planned;
  const here = timeRangeHere(session.starts, session.ends, session.timezone);
  const clients = session.roster.filter((member) => member.role === "client");
  return (
    <article class="card session-card" aria-labelledby={`title-${session.id}`}>
      <div class="when">
        <strong>
          <time dateTime={session.starts}>{clock(session.starts, { zone: session.timezone })}</time>
        </strong>
        <span class="small soft">{timeRange(session.starts, session.ends, { zone: session.timezone })}</span>
        {here !== null && <span class="small soft">{staffWords.common.whereYouAre(here)}</span>}
      </div>
      <div class="stack-tight">
        <div class="row">
          <h2 id={`title-${session.id}`}>{titleOf(session)}</h2>
          <span class={`badge ${PHASE_BADGES[session.phase] ?? ""}`} role="status">{phaseWord(session.phase)}</span>
        </div>
        <p class="soft">
          {kindOf(session)} · {session.program_name}
        </p>
        <p>
          {session.kind === "mutual_help"
            ? staffWords.pages.nothingKept
            : clients.length === 0
            ? staffWords.pages.nobodyExpected
            : staffWords.pages.expected(clients.length, clients.map((member) => isolated(member.name)).join(", "))}
        </p>
        <div class="row">
          {session.phase !== "ended" && session.phase !== "cancelled" && entersRooms(me) && (
            <a class="button main" href={roomPath(session.id)}>
              {staffWords.pages.openRoom}
              <span class="unseen"> {staffWords.pages.ofSession(titleOf(session))}</span>
            </a>
          )}
          {session.kind !== "mutual_help" && (
            <a class="button" href={attendancePath(session.id)}>
              {staffWords.pages.attendance}
              <span class="unseen"> {staffWords.pages.ofSession(titleOf(session))}</span>
            </a>
          )}
          {may(me, "sessions.plan") && <WhoComes session={session} />}
          <Cancellation session={session} onChanged={setChanged} />
        </div>
      </div>
    </article>
  );
}

/** The way to the roster, while it can still change who comes. */
function WhoComes({ session }: { readonly session: Session }) {
  if (session.kind === "mutual_help" || session.phase === "ended" || session.phase === "cancelled") return null;
  return (
    <a class="button" href={rosterPath(session.id)}>
      {staffWords.planning.changeRoster}
      <span class="unseen"> {staffWords.pages.ofSession(titleOf(session))}</span>
    </a>
  );
}
