import { useRef } from "preact/hooks";
import { locale, staffWords } from "../../messages/words.ts";
import { CalendarDays } from "../../icons.ts";
import { at } from "../../now.ts";
import { addDays, type CalendarDay, dayIn, readDay, showDay, spellDay } from "./parse/days.ts";
import { TypedField, type TypedProps } from "./typed-field.tsx";

interface Props extends TypedProps<CalendarDay> {
  readonly first?: CalendarDay;
  readonly last?: CalendarDay;
  /** The year of a day without one: the next such day, or the last. */
  readonly leaning?: "future" | "past";
  /** The zone of "today"; the reader's own when absent. */
  readonly zone?: string;
}

/** A day that people type, or choose in their browser's own calendar. Up and down arrows change it by a day. */
export function DateField({ first, last, leaning = "future", zone, ...field }: Props) {
  const language = locale();
  const asked = { today: dayIn(at(), zone), locale: language, leaning };
  const check = (day: CalendarDay) => {
    if (first !== undefined && day < first) return staffWords.parts.time.dayTooEarly(showDay(first, language));
    return last !== undefined && day > last ? staffWords.parts.time.dayTooLate(showDay(last, language)) : null;
  };
  return (
    <TypedField
      help={staffWords.parts.time.dayHelp}
      {...field}
      read={(typed) => readDay(typed, asked)}
      show={(day) => showDay(day, language)}
      spell={(day) => spellDay(day, language)}
      step={(day, by) => addDays(day, by)}
      troubles={{ unclear: staffWords.parts.time.dayUnclear, impossible: staffWords.parts.time.dayImpossible }}
      check={check}
      aside={<Calendar day={field.value} first={first} last={last} disabled={field.disabled} onChoose={field.onChange} />}
    />
  );
}

interface CalendarProps {
  readonly day: CalendarDay | null;
  readonly first: CalendarDay | undefined;
  readonly last: CalendarDay | undefined;
  readonly disabled: boolean | undefined;
  readonly onChoose: (day: CalendarDay) => void;
}

/** The browser's own calendar, in the reader's language and with familiar keys; the field beside it has the labels. */
function Calendar({ day, first, last, disabled = false, onChoose }: CalendarProps) {
  const native = useRef<HTMLInputElement>(null);
  if (!("showPicker" in HTMLInputElement.prototype)) return null;
  return (
    <>
      <input
        ref={native}
        class="calendar"
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={day ?? ""}
        min={first ?? ""}
        max={last ?? ""}
        onChange={(event) => event.currentTarget.value !== "" && onChoose(event.currentTarget.value)}
      />
      <button
        type="button"
        class="combobox-open"
        aria-label={staffWords.parts.time.calendar}
        disabled={disabled}
        onClick={() => native.current?.showPicker()}
      >
        <CalendarDays aria-hidden="true" />
      </button>
    </>
  );
}
