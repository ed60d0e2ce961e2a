import { useEffect, useRef } from "preact/hooks";
import { clockWithSeconds, hms, inWords } from "../../format.ts";
import { ofService, staffWords } from "../../messages/words.ts";
import type { DerivationSpan } from "../../wire/api.gen.ts";
import { knownByWord, reasonWord } from "./reasons.ts";

interface WhyProps {
  readonly name: string;
  readonly spans: readonly DerivationSpan[];
  readonly zone: string;
  readonly chosen: number | null;
}

/** The reason for each second: every span of the session with its one reason, and how its edges are known. */
export function Why({ name, spans, zone, chosen }: WhyProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (chosen !== null && details.current !== null) details.current.open = true;
  }, [chosen]);
  return (
    <details ref={details}>
      <summary>
        {staffWords.attendance.why}
        <span class="unseen"> {staffWords.attendance.whyFor(name)}</span>
      </summary>
      <ol class="why">
        {spans.map((span, index) => (
          <li key={span.start} data-chosen={index === chosen}>
            <span>
              <time dateTime={span.start}>{clockWithSeconds(span.start, { zone })}</time> –{" "}
              <time dateTime={span.end}>{clockWithSeconds(span.end, { zone })}</time>
            </span>
            <span>
              {capitalised(ofService(span.sentence, reasonWord(span.reason)))}
              <span class="soft small">{edges(span)}</span>
            </span>
            <strong class="figure">{hms(span.seconds)}</strong>
          </li>
        ))}
      </ol>
    </details>
  );
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function edges(span: DerivationSpan): string {
  const onBreak = span.reason === "break";
  const from = `${knownByWord(span.start_known_by, onBreak)}${bound(span.start_bound_s)}`;
  const to = `${knownByWord(span.end_known_by, !onBreak)}${bound(span.end_bound_s)}`;
  return staffWords.attendance.edges(from, to);
}

function bound(seconds: number): string {
  return seconds === 0 ? "" : ` ${staffWords.attendance.bound(inWords(seconds))}`;
}
