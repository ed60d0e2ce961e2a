import { locale, staffWords } from "../../messages/words.ts";
import { addMinutes, readTime, showTime, type TimeOfDay } from "./parse/times.ts";
import { TypedField, type TypedProps } from "./typed-field.tsx";

const STEP_MINUTES = 5;

interface Props extends TypedProps<TimeOfDay> {
  /** The start, for an end: `9` after 6 PM is then 9 PM. */
  readonly after?: TimeOfDay | null;
}

/** A time of day that people type. The up and down arrows change it by five minutes. */
export function TimeField({ after = null, ...field }: Props) {
  const language = locale();
  return (
    <TypedField
      help={staffWords.parts.time.timeHelp}
      {...field}
      read={(typed) => readTime(typed, { locale: language, after })}
      show={(time) => showTime(time, language)}
      spell={(time) => showTime(time, language)}
      step={(time, by) => addMinutes(time, by * STEP_MINUTES)}
      troubles={{ unclear: staffWords.parts.time.timeUnclear, impossible: staffWords.parts.time.timeImpossible }}
    />
  );
}
