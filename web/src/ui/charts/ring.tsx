import { staffWords } from "../../messages/words.ts";
import { Chart } from "./chart.tsx";
import { share } from "./scale.ts";

interface Props {
  readonly title: string;
  readonly part: number;
  readonly whole: number;
  /** How an amount is written: `6 h 9 min`. */
  readonly write: (amount: number) => string;
  /** The labels of the part and of the rest: "Attended", "Left this week". */
  readonly partName: string;
  readonly restName: string;
  readonly wholeName: string;
}

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;

/** The share of a whole that is reached. */
export function Ring({ title, part, whole, write, partName, restName, wholeName }: Props) {
  const done = share(part, whole);
  const percent = `${Math.floor(done * 100)} %`;
  const rows = [
    [partName, write(part)],
    [restName, write(Math.max(0, whole - part))],
    [wholeName, write(whole)],
  ];
  return (
    <Chart title={title} summary={`${partName}: ${staffWords.parts.charts.of(write(part), write(whole))}, ${percent}`} table={{ heads: [staffWords.parts.charts.part, staffWords.parts.charts.value], rows }}>
      <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
        <circle class="ring-whole" cx="50" cy="50" r={RADIUS} />
        {done > 0 && (
          <circle
            class="ring-part"
            cx="50"
            cy="50"
            r={RADIUS}
            stroke-dasharray={`${done * ROUND} ${ROUND}`}
            transform="rotate(-90 50 50)"
          />
        )}
        <text class="ring-word" x="50" y="50">
          {percent}
        </text>
      </svg>
    </Chart>
  );
}
