import { staffWords } from "../../messages/words.ts";
import { inWords } from "../../format.ts";
import { readDuration } from "./parse/durations.ts";
import { TypedField, type TypedProps } from "./typed-field.tsx";

interface Props extends TypedProps<number> {
  /** The unit of a number without one. */
  readonly bare?: "hours" | "minutes";
  /** The step of the arrow keys, in seconds. */
  readonly stepSeconds?: number;
}

/** A duration that people type, in whole seconds. The up and down arrows change it by five minutes, or by `stepSeconds`. */
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
