import { staffWords } from "../../messages/words.ts";
import { Chart } from "./chart.tsx";
import { ticks } from "./scale.ts";
import { useWidth } from "./use-width.ts";

export interface Bar {
  /** In full, for the table: "Week of March 2". */
  readonly label: string;
  /** Short, below the bar: "Mar 2". */
  readonly short: string;
  readonly value: number;
}

interface Props {
  readonly title: string;
  /** What a bar represents: "Week". */
  readonly of: string;
  /** What it counts: "Hours". */
  readonly unit: string;
  readonly bars: readonly Bar[];
  readonly write: (value: number) => string;
  /** The goal for each bar. */
  readonly target?: number;
  readonly summary: string;
  readonly folded?: string;
}

const HEIGHT = 240;
const LEFT = 60;
/** The approximate width of a word below a bar. */
const WORD = 56;
const TOP = 14;
const BOTTOM = 34;

/** A few amounts side by side, up to about sixteen, with the goal as a line. */
export function Bars({ title, of, unit, bars, write, target, summary, folded }: Props) {
  const [measured, width] = useWidth();
  const marks = ticks(Math.max(target ?? 0, ...bars.map(({ value }) => value)));
  const top = marks.at(-1) ?? 1;
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const slot = (width - LEFT) / Math.max(1, bars.length);
  const every = Math.ceil(WORD / slot);
  const rows = bars.map(({ label, value }) => [label, write(value), ...(target === undefined ? [] : [write(target)])]);
  const heads = [of, unit, ...(target === undefined ? [] : [staffWords.parts.charts.target])];
  return (
    <Chart title={title} summary={summary} table={{ heads, rows }} {...(folded !== undefined && { folded })}>
      <div ref={measured}>
      <svg class="bars" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark}>
            <line class="axis" x1={LEFT} x2={width} y1={y(mark)} y2={y(mark)} />
            <text class="mark" x={LEFT - 8} y={y(mark)} text-anchor="end" dominant-baseline="middle">
              {write(mark)}
            </text>
          </g>
        ))}
        {bars.map((bar, place) => (
          <g key={bar.label}>
            <rect
              class={target !== undefined && bar.value < target ? "bar-mark below" : "bar-mark"}
              x={LEFT + slot * (place + 0.18)}
              y={y(bar.value)}
              width={slot * 0.64}
              height={Math.max(0, y(0) - y(bar.value))}
              rx="4"
            />
            {place % every === 0 && (
              <text
                class="mark"
                x={Math.min(LEFT + slot * (place + 0.5), width - WORD / 2)}
                y={HEIGHT - 10}
                text-anchor="middle"
              >
                {bar.short}
              </text>
            )}
          </g>
        ))}
        {target !== undefined && (
          <line class="target" x1={LEFT} x2={width} y1={y(target)} y2={y(target)} />
        )}
      </svg>
      </div>
      {target !== undefined && (
        <p class="chart-key">
          <svg viewBox="0 0 24 8" aria-hidden="true">
            <line class="target" x1="0" x2="24" y1="4" y2="4" />
          </svg>
          {staffWords.parts.charts.target}: {write(target)}
        </p>
      )}
    </Chart>
  );
}
