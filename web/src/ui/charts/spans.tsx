import { useId } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Chart } from "./chart.tsx";
import { timeTicks } from "./scale.ts";
import { useWidth } from "./use-width.ts";

export interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** One of the `kinds`. */
  readonly kind: string;
}

export interface SpanKind {
  readonly name: string;
  readonly label: string;
  /** Colour and pattern, 1 to 6. */
  readonly look: 1 | 2 | 3 | 4 | 5 | 6;
}

interface Props {
  readonly title: string;
  readonly summary: string;
  readonly from: number;
  readonly to: number;
  readonly spans: readonly Span[];
  readonly kinds: readonly SpanKind[];
  readonly writeTime: (at: number) => string;
  readonly writeLength: (seconds: number) => string;
  readonly folded?: string;
}

const BAR = 44;
/** The approximate width of a time below the bar. */
const WORD = 110;

/** The parts of an evening in order, to scale; each kind has a pattern beside its colour. */
export function Spans({ title, summary, from, to, spans, kinds, writeTime, writeLength, folded }: Props) {
  const id = useId();
  const [measured, width] = useWidth();
  const x = (at: number) => (width * (at - from)) / Math.max(1, to - from);
  const labelOf = (kind: string) => kinds.find(({ name }) => name === kind)?.label ?? kind;
  const lookOf = (kind: string) => kinds.find(({ name }) => name === kind)?.look ?? 6;
  const rows = spans.map((span) => [
    writeTime(span.from), writeTime(span.to), writeLength((span.to - span.from) / 1000), labelOf(span.kind),
  ]);
  const marks = timeTicks(from, to, Math.max(1, Math.floor(width / WORD)));
  return (
    <Chart
      title={title}
      summary={summary}
      table={{ heads: [staffWords.parts.charts.from, staffWords.parts.charts.to, staffWords.parts.charts.lasts, staffWords.parts.charts.what], rows }}
      {...(folded !== undefined && { folded })}
    >
      <div ref={measured}>
      <svg class="spans" viewBox={`0 0 ${width} ${BAR + 28}`} aria-hidden="true">
        <Patterns of={id} />
        <rect class="spans-ground" x="0" y="0" width={width} height={BAR} />
        {spans.map((span) => (
          <rect
            key={span.from}
            class={`look-${lookOf(span.kind)}`}
            fill={`url(#${id}-${lookOf(span.kind)})`}
            x={x(span.from)}
            y="0"
            width={Math.max(1.5, x(span.to) - x(span.from))}
            height={BAR}
          />
        ))}
        {marks.map((mark) => (
          <g key={mark}>
            <line class="axis" x1={x(mark)} x2={x(mark)} y1={BAR} y2={BAR + 6} />
            <text
              class="mark"
              x={x(mark)}
              y={BAR + 22}
              text-anchor={x(mark) < 30 ? "start" : x(mark) > width - 30 ? "end" : "middle"}
            >
              {writeTime(mark)}
            </text>
          </g>
        ))}
      </svg>
      </div>
      <ul class="chart-keys">
        {kinds.map(({ name, label, look }) => (
          <li key={name}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <rect class={`look-${look}`} fill={`url(#${id}-${look})`} width="16" height="16" rx="3" />
            </svg>
            {label}
          </li>
        ))}
      </ul>
    </Chart>
  );
}

/** Stripes for people who cannot distinguish the colours. */
function Patterns({ of }: { readonly of: string }) {
  return (
    <defs>
      <pattern id={`${of}-2`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="stripe-2 ground" width="8" height="8" />
        <rect class="stripe-2" width="4" height="8" />
      </pattern>
      <pattern id={`${of}-4`} width="10" height="10" patternUnits="userSpaceOnUse">
        <rect class="stripe-4 ground" width="10" height="10" />
        <rect class="stripe-4" width="5" height="10" />
      </pattern>
      <pattern id={`${of}-5`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect class="stripe-5 ground" width="8" height="8" />
        <rect class="stripe-5" width="4" height="8" />
      </pattern>
    </defs>
  );
}
