import { clock, day, timeRange, timeRangeHere, remaining } from "../format.ts";
import { words } from "../messages/words.ts";
import { now, secondsUntil } from "../now.ts";
import type { Invitation, Session } from "../wire/api.gen.ts";
import { titleOf } from "../words.ts";

/** The session of the link, with its time in the program's zone and in the reader's own. */
export function WhichSession({ invitation }: { invitation: Invitation }) {
  const { session } = invitation;
  if (session === null) {
    return <p class="card">{whyNothing(invitation)}</p>;
  }
  const here = timeRangeHere(session.starts, session.ends, session.timezone);
  return (
    <div class="stack-tight">
      <p class="soft">
        {invitation.clinic_name} · {invitation.program_name}
      </p>
      <p>
        <strong>{titleOf(session)}</strong>
        <br />
        {day(session.starts, { zone: session.timezone })},{" "}
        <time dateTime={session.starts}>{timeRange(session.starts, session.ends, { zone: session.timezone })}</time>
        {here !== null && ` (${words.common.whereYouAre(here)})`}
      </p>
      {session.phase !== "cancelled" && <p class="soft">{untilStart(invitation, session)}</p>}
    </div>
  );
}

function untilStart(invitation: Invitation, session: Session): string {
  const seconds = secondsUntil(session.starts);
  if (!invitation.may_enter && invitation.lobby_opens !== null) {
    const sameDay = Date.parse(invitation.lobby_opens) - now.value < 20 * 3_600_000;
    const when = clock(invitation.lobby_opens, { zone: session.timezone });
    return sameDay ? words.door.lobbyOpens(when) : words.door.lobbyOpensThatDay(when);
  }
  if (session.phase === "live") return words.door.hasStarted;
  return seconds > 0 ? words.door.startsIn(remaining(seconds)) : words.door.isTime;
}

function whyNothing({ standing, program_name: program }: Invitation): string {
  if (standing === "on_leave") return words.door.onLeave;
  return standing === "discharged" ? words.door.discharged : words.door.nothingPlanned(program);
}
