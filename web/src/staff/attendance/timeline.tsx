import { useRef } from "preact/hooks";
import { clockWithSeconds, inWords } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type { DerivationSpan } from "../../wire/api.gen.ts";
import { type Drawn, drawnAs, legendWord, reasonWord } from "./reasons.ts";

interface TimelineProps {
  readonly name: string;
  readonly spans: readonly DerivationSpan[];
  readonly zone: string;
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
}

/** The session as a strip with one piece per reason; arrow keys move between pieces. The list below says the same. */
export function Timeline({ name, spans, zone, chosen, onChoose }: TimelineProps) {
  const strip = useRef<HTMLDivElement>(null);
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return null;
  const move = (event: KeyboardEvent) => {
    const next = nextPiece(event.key, chosen ?? 0, spans.length);
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
    strip.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div class="stack-tight">
      <div ref={strip} class="timeline" role="toolbar" aria-label={staffWords.attendance.timelineOf(name)} tabIndex={-1} onKeyDown={move}>
        {spans.map((span, index) => (
          <button
            key={span.start}
            type="button"
            data-reason={drawnAs(span.reason)}
            style={{ "--seconds": String(span.seconds) }}
            tabIndex={index === (chosen ?? 0) ? 0 : -1}
            aria-pressed={index === chosen}
            aria-label={staffWords.attendance.piece(reasonWord(span.reason), inWords(span.seconds), clockWithSeconds(span.start, { zone }))}
            title={reasonWord(span.reason)}
            onClick={() => onChoose(index)}
          />
        ))}
      </div>
      <p class="timeline-ends">
        <time dateTime={first.start}>{clockWithSeconds(first.start, { zone })}</time>
        <time dateTime={last.end}>{clockWithSeconds(last.end, { zone })}</time>
      </p>
      <Legend spans={spans} />
    </div>
  );
}

function nextPiece(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return Math.min(count - 1, at + 1);
    case "ArrowLeft":
      return Math.max(0, at - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function Legend({ spans }: { spans: readonly DerivationSpan[] }) {
  const drawn = new Set<Drawn>(spans.map((span) => drawnAs(span.reason)));
  return (
    <ul class="legend" aria-label={staffWords.attendance.colours}>
      {[...drawn].map((each) => (
        <li key={each}>
          <i data-reason={each} aria-hidden="true" />
          {legendWord(each)}
        </li>
      ))}
    </ul>
  );
}
