import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../../messages/words.ts";
import { at as nowAt } from "../../now.ts";
import type { MeetingKind, MeetingLog } from "../../wire/api.gen.ts";
import { api } from "../api.ts";
import { useAttempts } from "../hours/attempt.ts";
import "../../ui/forms/forms.css";

interface Props {
  readonly link: string;
  readonly onAdded: (log: MeetingLog) => void;
}

/** Today where the client is, by the clock of the service. */
const today = (): string => new Intl.DateTimeFormat("en-CA").format(nowAt());

/** One more meeting: a day, a kind, and two ticks. Today and a twelve-step meeting are the usual ones. */
export function AddMeeting({ link, onAdded }: Props) {
  const [values, setValues] = useState({ met_on: today(), kind: "twelve_step" as MeetingKind, home_group: false, sponsor: false });
  const { busy, trouble, attempt } = useAttempts();
  const control = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (trouble !== null) control.current?.focus();
  }, [trouble]);
  const add = (event: Event) => {
    event.preventDefault();
    attempt(async () => onAdded(await api.logMeeting({ link, ...values })), () => setValues({ ...values, home_group: false, sponsor: false }));
  };
  const kinds = Object.entries(words.meetings.kinds) as [MeetingKind, string][];
  return (
    <form class="card stack" onSubmit={add} noValidate>
      <h2>{words.meetings.add}</h2>
      <div class="field" data-wrong={trouble !== null}>
        <label for="met-on">{words.meetings.day}</label>
        <input
          ref={control} id="met-on" type="date" class="input" required max={today()} value={values.met_on} aria-invalid={trouble !== null}
          aria-describedby={trouble === null ? undefined : "met-on-error"} onInput={(event) => setValues({ ...values, met_on: event.currentTarget.value })}
        />
        {trouble !== null && <p id="met-on-error" class="field-error" role="alert">{trouble.sentence}</p>}
      </div>
      <div class="field">
        <label for="meeting-kind">{words.meetings.kind}</label>
        <select id="meeting-kind" class="select" value={values.kind} onChange={(event) => setValues({ ...values, kind: event.currentTarget.value as MeetingKind })}>
          {kinds.map(([kind, label]) => <option key={kind} value={kind}>{label}</option>)}
        </select>
      </div>
      <Tick label={words.meetings.homeGroup} on={values.home_group} onTurn={(home_group) => setValues({ ...values, home_group })} />
      <Tick label={words.meetings.sponsor} on={values.sponsor} onTurn={(sponsor) => setValues({ ...values, sponsor })} />
      <div>
        <button type="submit" class="button main" aria-disabled={busy}>{words.meetings.add}</button>
      </div>
    </form>
  );
}

function Tick({ label, on, onTurn }: { readonly label: string; readonly on: boolean; readonly onTurn: (on: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => onTurn(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
