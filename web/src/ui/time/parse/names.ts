/** The names of months, weekdays and near days in the reader's language and in English, as the browser knows them. */

import { plain } from "./reading.ts";

const LEAST_LETTERS = 3;
const YEAR = 2026;
/** A Sunday. */
const SUNDAY = Date.UTC(YEAR, 1, 1);
const DAY_MS = 86_400_000;
const NEAR = [-2, -1, 0, 1, 2];

type Names = (language: string) => readonly string[];

const months = once((language) =>
  Array.from({ length: 12 }, (_, month) => dateName(language, { month: "long" }, Date.UTC(YEAR, month, 15))),
);
const weekdays = once((language) =>
  Array.from({ length: 7 }, (_, weekday) => dateName(language, { weekday: "long" }, SUNDAY + weekday * DAY_MS)),
);
const nearDays = once((language) => {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return NEAR.map((count) => plain(relative.format(count, "day")));
});

/** 1 to 12, or null: `mar`, `march` and `marzo` are 3. */
export function monthNamed(word: string, locale: string): number | null {
  const found = place(word, locale, months);
  return found === null ? null : found + 1;
}

/** 0 (Sunday) to 6, or null. */
export function weekdayNamed(word: string, locale: string): number | null {
  return place(word, locale, weekdays);
}

/** How many days from today, or null: `today`, `mañana`, `yesterday`. */
export function nearDayNamed(text: string, locale: string): number | null {
  const found = place(text, locale, nearDays);
  return found === null ? null : (NEAR[found] ?? null);
}

/** The index of the only name that equals or begins with the word, first in their language, then in English. */
function place(word: string, locale: string, names: Names): number | null {
  for (const language of [locale, "en"]) {
    const known = names(language);
    const whole = known.indexOf(word);
    if (whole >= 0) return whole;
    const begun = known.flatMap((name, at) => (name.startsWith(word) ? [at] : []));
    if (word.length >= LEAST_LETTERS && begun[0] !== undefined && begun.length === 1) return begun[0];
  }
  return null;
}

/** Cached, because it is slow and needed at every key press. */
function once(names: Names): Names {
  const known = new Map<string, readonly string[]>();
  return (language) => {
    const found = known.get(language) ?? names(language);
    known.set(language, found);
    return found;
  };
}

function dateName(language: string, options: Intl.DateTimeFormatOptions, at: number): string {
  return plain(new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(at));
}
