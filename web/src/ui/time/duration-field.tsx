import { inWords } from "../../format.ts";
import { readDuration } from "./parse/durations.ts";
import { TypedField, type TypedProps } from "./typed-field.tsx";
import { words } from "./words.ts";

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
      help={words.durationHelp}
      {...field}
      read={(typed) => readDuration(typed, bare)}
      show={inWords}
      spell={inWords}
      step={(seconds, by) => Math.max(0, seconds + by * stepSeconds)}
      troubles={{ unclear: words.durationUnclear, impossible: words.durationImpossible }}
    />
  );
}
