import { useState } from "preact/hooks";
import { words } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { LoggedMeeting, MeetingLog } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { type Attempts, useAttempts } from "../hours/attempt.ts";
import { ConfirmIdentity } from "../hours/confirm-identity.tsx";
import { Failed, needsCode } from "../hours/my-hours.tsx";
import { AddMeeting } from "./add-meeting.tsx";
import { meetingSaid } from "../../meetings.ts";
import "../hours/hours.css";

interface Props {
  readonly link: string;
  readonly onBack: () => void;
}

/** A client's own log of meetings, behind a code as their hours are. */
export function MyMeetingsPage({ link, onBack }: Props) {
  const [loaded, again] = useLoaded("my-meetings", () => api.myMeetings(link), { whenSeen: true });
  return (
    <Page width="narrow">
      <div class="stack">
        {loaded.is === "loading" && <Wait>{words.meetings.fetching}</Wait>}
        {loaded.is === "there" && <Log key={loaded.value.meetings.length} found={loaded.value} link={link} />}
        {loaded.is === "failed" &&
          (needsCode(loaded.error) ? (
            <ConfirmIdentity link={link} onConfirmed={again} why={words.meetings.why} show={words.meetings.show} />
          ) : (
            <Failed sentence={loaded.sentence} again={again} />
          ))}
        <div>
          <button type="button" class="button" onClick={onBack}>
            {words.hours.back}
          </button>
        </div>
      </div>
    </Page>
  );
}

function Log({ found, link }: { readonly found: MeetingLog; readonly link: string }) {
  const [log, setLog] = useState(found);
  const attempts = useAttempts();
  const remove = (meeting: string) => attempts.attempt(async () => setLog(await api.removeMeeting(link, meeting)), () => undefined);
  return (
    <>
      <div class="stack-tight">
        <Heading title={words.meetings.title} />
        <p class="soft">{words.meetings.lead}</p>
      </div>
      <Sharing log={log} link={link} onChanged={setLog} />
      <AddMeeting link={link} onAdded={setLog} />
      <section class="card stack-tight" aria-label={words.meetings.title} aria-live="polite">
        {attempts.trouble !== null && <p class="field-error" role="alert">{attempts.trouble.sentence}</p>}
        {log.meetings.length === 0 ? (
          <p class="soft">{words.meetings.none}</p>
        ) : (
          <ul class="attended">
            {log.meetings.map((meeting) => (
              <Logged key={meeting.id} meeting={meeting} busy={attempts.busy} onRemove={() => remove(meeting.id)} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

interface LoggedProps extends Pick<Attempts, "busy"> {
  readonly meeting: LoggedMeeting;
  readonly onRemove: () => void;
}

function Logged({ meeting, busy, onRemove }: LoggedProps) {
  const [day, what] = meetingSaid(meeting);
  return (
    <li>
      <span>
        {day}
        <br />
        <span class="small soft">{what}</span>
      </span>
      <button type="button" class="button" aria-disabled={busy} onClick={onRemove}>
        {words.meetings.remove}
        <span class="unseen">: {day}</span>
      </button>
    </li>
  );
}

interface SharingProps {
  readonly log: MeetingLog;
  readonly link: string;
  readonly onChanged: (log: MeetingLog) => void;
}

function Sharing({ log, link, onChanged }: SharingProps) {
  const { busy, trouble, attempt } = useAttempts();
  const turn = () => attempt(async () => onChanged(await api.shareMeetings(link, !log.shared)), () => undefined);
  return (
    <section class="card stack" aria-labelledby="who-sees">
      <h2 id="who-sees">{words.meetings.shareTitle}</h2>
      <p role="status">{log.shared ? words.meetings.sharedNow : words.meetings.notShared}</p>
      {trouble !== null && <p class="field-error" role="alert">{trouble.sentence}</p>}
      <div>
        <button type="button" class="button" aria-disabled={busy} onClick={turn}>
          {log.shared ? words.meetings.unshare : words.meetings.share}
        </button>
      </div>
      <p class="small soft">{words.meetings.unshareMeans}</p>
    </section>
  );
}
