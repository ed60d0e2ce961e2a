import { counted, dayOf, exactly, hms, timeRange } from "../../format.ts";
import { Stale } from "../../ui/age.tsx";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { Attendance } from "../../wire/api.gen.ts";
import { type There, useLoaded } from "../../wire/loaded.ts";
import { kindWord, titleOf } from "../../words.ts";
import { api } from "../api.ts";
import { Cancellation } from "../cancellation.tsx";
import { NotShown } from "../not-shown.tsx";
import { Notes } from "../notes/notes.tsx";
import { InTheRoom } from "../oversight/in-the-room.tsx";
import { roomPath } from "../router.ts";
import { flagWord, outcomeWord } from "../words.ts";
import { Record } from "./record.tsx";

/** What a session came to, client by client, and its notes. */
export function AttendancePage({ session }: { session: string }) {
  const [loaded, again] = useLoaded(`attendance ${session}`, () => api.attendance(session), { editable: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") {
    return (
      <Page width="medium">
        <Wait>Fetching the attendance…</Wait>
      </Page>
    );
  }
  return <Shown loaded={loaded} again={again} />;
}

function Shown({ loaded, again }: { loaded: There<Attendance>; again: () => void }) {
  const attendance = loaded.value;
  const { session } = attendance;
  const aside = (
    <nav class="row" aria-label="Session">
      <a class="button" href="/">
        Today's sessions
      </a>
      {session.phase !== "ended" && session.phase !== "cancelled" && (
        <a class="button" href={roomPath(session.id)}>
          Open room
        </a>
      )}
    </nav>
  );
  return (
    <Page width="medium" aside={aside}>
      <div class="stack">
        <div class="stack-tight">
          <Heading title={`Attendance · ${titleOf(session)}`}>Attendance</Heading>
          <p>
            <strong>{titleOf(session)}</strong>
            <br />
            {kindWord(session.kind)} · {session.program_name} · {dayOf(attendance.service_date)},{" "}
            {timeRange(session.starts, session.ends, { zone: session.timezone })}
          </p>
          <div class="row">
            <Cancellation session={session} onChanged={again} />
          </div>
        </div>
        <Stale loaded={loaded} />
        <Standing attendance={attendance} again={again} />
        {session.phase !== "ended" && <InTheRoom session={session.id} />}
        <Totals attendance={attendance} />
        <section class="stack" aria-labelledby="clients">
          <h2 id="clients">Clients</h2>
          {attendance.clients.length === 0 && <p class="card">Nobody was expected, and nobody came.</p>}
          {attendance.clients.map((record) => (
            <Record key={record.person} record={record} zone={session.timezone} />
          ))}
        </section>
        <Notes session={session.id} zone={session.timezone} />
        <p class="small soft">
          Worked out from the record up to position {attendance.through_position} by policy {attendance.policy_id}, version{" "}
          {attendance.policy_version}.
        </p>
      </div>
    </Page>
  );
}

function Standing({ attendance, again }: { attendance: Attendance; again: () => void }) {
  const look = (
    <button type="button" class="button" onClick={again}>
      Look again
    </button>
  );
  if (attendance.set_aside) {
    return (
      <Banner tone="warn" action={look}>
        These numbers are not up to date. Something in the record of this session cannot be read by this release, so it
        was set aside with the numbers from before. No minute is lost, and nothing is stated to billing until it can be
        read. Tell your administrator.
      </Banner>
    );
  }
  return (
    <>
      {!attendance.final && (
        <Banner action={look}>
          These numbers are not final yet: they may still grow until the session's record is complete.
        </Banner>
      )}
      {attendance.facts_set_aside > 0 && (
        <Banner tone="warn">
          {attendance.facts_set_aside === 1
            ? "One entry of this session's record could not be stored. It is kept, and these numbers are without it."
            : `${attendance.facts_set_aside} entries of this session's record could not be stored. They are kept, and these numbers are without them.`}{" "}
          Check the numbers before you rely on them, and tell your administrator.
        </Banner>
      )}
      {attendance.neighbour_set_aside && (
        <Banner tone="warn">
          The record of another session at this time, with a client of this one, cannot be read whole. Minutes may still
          move between the two when it can. Tell your administrator.
        </Banner>
      )}
    </>
  );
}

function Totals({ attendance }: { attendance: Attendance }) {
  const gap = attendance.facilitator_gap_s;
  return (
    <dl class="card facts">
      <div class="wide">
        <dt>Outcome</dt>
        <dd>
          {attendance.outcome === null ? "Not over yet" : outcomeWord(attendance.outcome)}
          {attendance.flags.includes("cancelled_in_use") && `. ${flagWord("cancelled_in_use")}.`}
        </dd>
      </div>
      <div>
        <dt>Came</dt>
        <dd>{counted(attendance.participant_count, "client")}</dd>
      </div>
      <div>
        <dt>Session without breaks</dt>
        <dd>
          {hms(attendance.net_s)} ({exactly(attendance.net_s)})
        </dd>
      </div>
      <div>
        <dt>Without a facilitator</dt>
        <dd>{gap === 0 ? "None" : `${hms(gap)} (${exactly(gap)})`}</dd>
      </div>
    </dl>
  );
}
