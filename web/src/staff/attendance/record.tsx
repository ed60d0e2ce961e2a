import { useState } from "preact/hooks";
import { exactly, hms, inWords } from "../../format.ts";
import { CircleAlert } from "../../icons.ts";
import { staffWords } from "../../messages/words.ts";
import type { ClientRecord } from "../../wire/api.gen.ts";
import { flagWord, holdWord, statusWord } from "../words.ts";
import { Timeline } from "./timeline.tsx";
import { Why } from "./why.tsx";

/** Statuses that need no check, or are not due to the client; staff check the rest. */
const BADGES: Readonly<{ [status: string]: string }> = { present: "good", cancelled: "", not_held: "", elsewhere: "" };

interface RecordProps {
  readonly record: ClientRecord;
  readonly zone: string;
}

/** One client's record: the credited and billable time, and the reasons. */
export function Record({ record, zone }: RecordProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <article class="card record" aria-labelledby={`client-${record.person}`}>
      <header class="record-head">
        <div class="row">
          <h3 id={`client-${record.person}`}><bdi>{record.name}</bdi></h3>
          {record.status !== null && (
            <span class={`badge ${BADGES[record.status] ?? "warn"}`}>
              {statusWord(record.status)}
              {record.excused && `, ${staffWords.attendance.excused}`}
            </span>
          )}
        </div>
        <p>
          <span class="record-total">{hms(record.credited_s)}</span>{" "}
          <span class="soft">{staffWords.attendance.credited(exactly(record.credited_s))}</span>
        </p>
      </header>
      <Timeline name={record.name} spans={record.derivation} zone={zone} chosen={chosen} onChoose={setChosen} />
      <dl class="facts">
        <Fact name={staffWords.attendance.connected} value={`${hms(record.connected_s)} (${exactly(record.connected_s)})`} />
        <Fact name={staffWords.attendance.billable} value={`${hms(record.billable_s)} (${exactly(record.billable_s)})`} />
        <Fact name={staffWords.attendance.arrived} value={lateness(record)} />
        <Fact name={staffWords.attendance.units} value={unitsOf(record)} />
        <Fact name={staffWords.attendance.thisWeek} value={week(record)} wide />
      </dl>
      <Remarks record={record} />
      <Why name={record.name} spans={record.derivation} zone={zone} chosen={chosen} />
    </article>
  );
}

function Fact({ name, value, wide = false }: { name: string; value: string; wide?: boolean }) {
  return (
    <div class={wide ? "wide" : ""}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Remarks({ record }: Pick<RecordProps, "record">) {
  // Lateness is already among the facts.
  const flags = record.flags.filter((flag) => flag !== "late");
  if (record.holds.length === 0 && flags.length === 0) return null;
  return (
    <div class="banner warn">
      <CircleAlert aria-hidden="true" />
      <ul class="stack-tight" aria-label={staffWords.attendance.remarks}>
        {record.holds.map((hold) => (
          <li key={hold}>{holdWord(hold)}.</li>
        ))}
        {flags.map((flag) => (
          <li key={flag}>{flagWord(flag)}.</li>
        ))}
      </ul>
    </div>
  );
}

function lateness({ late_s, late }: ClientRecord): string {
  if (late_s === null) return staffWords.attendance.notHere;
  if (late_s === 0) return staffWords.attendance.onTime;
  return `${staffWords.attendance.afterStart(hms(late_s))}${late ? `: ${staffWords.attendance.pastCutOff}` : ""}`;
}

function unitsOf({ units }: ClientRecord): string {
  const some = Object.entries(units).filter(([, count]) => count > 0);
  return some.length === 0 ? staffWords.attendance.noUnits : some.map(([code, count]) => `${code}: ${count}`).join(", ");
}

function week({ week_credited_s: credited, week_required_s: required }: ClientRecord): string {
  if (required === null) return hms(credited);
  const missing = required - credited;
  const standing = missing > 0 ? staffWords.attendance.toGo(inWords(missing)) : staffWords.attendance.complete;
  return staffWords.attendance.weekOf(hms(credited), hms(required), standing);
}
