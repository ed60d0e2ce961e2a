import { dayOf, exactly, hms, timeRange } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Stale } from "../../ui/age.tsx";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import type { Attendance } from "../../wire/api.gen.ts";
import { type There, useLoaded } from "../../wire/loaded.ts";
import { kindOf, titleOf } from "../../words.ts";
import { api } from "../api.ts";
import { Cancellation } from "../cancellation.tsx";
import { NotShown } from "../not-shown.tsx";
import { Notes } from "../notes/notes.tsx";
import { entersRooms, may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { InTheRoom } from "../oversight/in-the-room.tsx";
import { roomPath } from "../router.ts";
import { flagWord, outcomeWord } from "../words.ts";
import { Record } from "./record.tsx";

/** The results of a session for each client, and its notes. */
export function AttendancePage({ session }: { session: string }) {
  const [loaded, again] = useLoaded(`attendance ${session}`, () => api.attendance(session), { editable: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.attendance.fetching}</Wait>;
  return <Shown loaded={loaded} again={again} />;
}

function Shown({ loaded, again }: { loaded: There<Attendance>; again: () => void }) {
  const attendance = loaded.value;
  const { session } = attendance;
  const { me } = useOffice();
  return (
    <div class="stack medium">
      <div class="stack-tight">
        <Heading title={`${staffWords.attendance.attendance} · ${titleOf(session)}`}>{staffWords.attendance.attendance}</Heading>
        <p>
          <strong>{titleOf(session)}</strong>
          <br />
          {kindOf(session)} · {session.program_name} · {dayOf(attendance.service_date)},{" "}
          {timeRange(session.starts, session.ends, { zone: session.timezone })}
        </p>
        <div class="row">
          {session.phase !== "ended" && session.phase !== "cancelled" && entersRooms(me) && (
            <a class="button main" href={roomPath(session.id)}>
              {staffWords.pages.openRoom}
            </a>
          )}
          <Cancellation session={session} onChanged={again} />
        </div>
      </div>
      <Stale loaded={loaded} />
      <Standing attendance={attendance} again={again} />
      {session.phase !== "ended" && <InTheRoom session={session.id} />}
      <Totals attendance={attendance} />
      <section class="stack" aria-labelledby="clients">
        <h2 id="clients">{staffWords.attendance.clients}</h2>
        {attendance.clients.length === 0 && <p class="card">{staffWords.attendance.nobody}</p>}
        {attendance.clients.map((record) => (
          <Record key={record.person} record={record} zone={session.timezone} />
        ))}
      </section>
      {may(me, "notes.read") && <Notes session={session.id} zone={session.timezone} />}
      <p class="small soft">
        {staffWords.attendance.workedOut(attendance.through_position, attendance.policy_id, attendance.policy_version)}
      </p>
    </div>
  );
}

function Standing({ attendance, again }: { attendance: Attendance; again: () => void }) {
  const look = (
    <button type="button" class="button" onClick={again}>
      {staffWords.common.lookAgain}
    </button>
  );
  if (attendance.set_aside) {
    return (
      <Banner tone="warn" action={look}>
        {staffWords.attendance.setAside}
      </Banner>
    );
  }
  return (
    <>
      {!attendance.final && (
        <Banner action={look}>{staffWords.attendance.notFinal}</Banner>
      )}
      {attendance.facts_set_aside > 0 && (
        <Banner tone="warn">
          {staffWords.attendance.factsSetAside(attendance.facts_set_aside)} {staffWords.attendance.check}
        </Banner>
      )}
      {attendance.neighbour_set_aside && (
        <Banner tone="warn">{staffWords.attendance.neighbour}</Banner>
      )}
    </>
  );
}

function Totals({ attendance }: { attendance: Attendance }) {
  const gap = attendance.facilitator_gap_s;
  return (
    <dl class="card facts">
      <div class="wide">
        <dt>{staffWords.attendance.outcome}</dt>
        <dd>
          {attendance.outcome === null ? staffWords.attendance.notOver : outcomeWord(attendance.outcome)}
          {attendance.flags.includes("cancelled_in_use") && `. ${flagWord("cancelled_in_use")}.`}
        </dd>
      </div>
      <div>
        <dt>{staffWords.attendance.came}</dt>
        <dd>{staffWords.attendance.clientCount(attendance.participant_count)}</dd>
      </div>
      <div>
        <dt>{staffWords.attendance.net}</dt>
        <dd>
          {hms(attendance.net_s)} ({exactly(attendance.net_s)})
        </dd>
      </div>
      <div>
        <dt>{staffWords.attendance.gap}</dt>
        <dd>{gap === 0 ? staffWords.attendance.none : `${hms(gap)} (${exactly(gap)})`}</dd>
      </div>
    </dl>
  );
}
