import { staffWords } from "../../messages/words.ts";
import { inWords } from "../../format.ts";
import { readDuration } from "./parse/durations.ts";
import { TypedField, type TypedProps } from "./typed-field.tsx";

interface Props extends TypedProps<number> {
  /** What a number alone counts. */
  readonly bare?: "hours" | "minutes";
  /** Seconds that the arrow keys add and take away. */
  readonly stepSeconds?: number;
}

/** A duration that people type, in whole seconds. Arrows up and down move it by five minutes, or by what is asked. */
export function DurationField({ bare = "minutes", stepSeconds = 300, ...field }: Props) {
  return (
    <TypedField
      help={staffWords.parts.time.durationHelp}
      {...field}
      read={(typed) => readDuration(typed, bare)}
      show={inWords}
      spell={inWords}
      step={(seconds, by) => Math.max(0, seconds + by * stepSeconds)}
      troubles={{ unclear: staffWords.parts.time.durationUnclear, impossible: staffWords.parts.time.durationImpossible }}
    />
  );
}
