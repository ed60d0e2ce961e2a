import { clock, inWords } from "../format.ts";
import { Bars } from "../ui/charts/bars.tsx";
import { Ring } from "../ui/charts/ring.tsx";
import { type SpanKind, Spans } from "../ui/charts/spans.tsx";

const HOUR = 3600;
const KINDS: readonly SpanKind[] = [
  { name: "credited", label: "Credited", look: 1 },
  { name: "bridged", label: "Gap bridged", look: 2 },
  { name: "added", label: "Added by staff", look: 3 },
  { name: "break", label: "Break", look: 4 },
  { name: "lost", label: "Connection lost", look: 5 },
  { name: "absent", label: "Not there", look: 6 },
];
const START = Date.parse("2026-03-04T18:00:00-05:00");
const minute = (count: number) => START + count * 60_000;
const SPANS = [
  { from: minute(0), to: minute(6), kind: "absent" },
  { from: minute(6), to: minute(70), kind: "credited" },
  { from: minute(70), to: minute(73), kind: "bridged" },
  { from: minute(73), to: minute(90), kind: "credited" },
  { from: minute(90), to: minute(105), kind: "break" },
  { from: minute(105), to: minute(118), kind: "lost" },
  { from: minute(118), to: minute(124), kind: "added" },
  { from: minute(124), to: minute(180), kind: "credited" },
];
const WEEKS = [9, 8.25, 9, 6.5, 9, 9, 7.75, 9, 3, 9, 8.5, 9, 9].map((value, place) => {
  const monday = new Date(Date.UTC(2026, 0, 5 + 7 * place));
  const short = monday.toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
  return { label: `Week of ${short}`, short, value };
});
const hours = (value: number) => `${value} h`;

export function ChartsSection() {
  return (
    <div class="stack">
      <Spans
        title="The evening of March 4"
        summary="Here from 6:06 PM to 9:00 PM with a break, a gap that was bridged and one that was added"
        from={minute(0)}
        to={minute(180)}
        spans={SPANS}
        kinds={KINDS}
        writeTime={(at) => clock(at, { zone: "America/New_York" })}
        writeLength={inWords}
        folded="All 8 parts in numbers"
      />
      <Ring
        title="This week"
        part={2.85 * HOUR}
        whole={9 * HOUR}
        write={inWords}
        partName="Attended"
        restName="Still to come"
        wholeName="Planned"
      />
      <Bars
        title="Hours per week"
        summary="13 weeks from January 5; 8 of them reached the goal of 9 hours"
        of="Week"
        unit="Hours"
        bars={WEEKS}
        write={hours}
        target={9}
      />
    </div>
  );
}
