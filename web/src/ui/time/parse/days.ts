/** A calendar day as people type it: `tomorrow`, `fri`, `3/4`, `4 March`, `+2w`, `2026-03-04`. */

import { monthNamed, nearDayNamed, weekdayNamed } from "./names.ts";
import { EMPTY, IMPOSSIBLE, plain, read, type Reading, UNCLEAR } from "./reading.ts";

/** `2026-03-04`; it has no zone. */
export type CalendarDay = string;

export interface DayAsked {
  readonly today: CalendarDay;
  /** Decides the names, and whether `3/4` is in March or in April. */
  readonly locale: string;
  /** The year of a day without one: the next such day, or the last. */
  readonly leaning?: "future" | "past";
}

type Reader = (text: string, asked: DayAsked) => Reading<CalendarDay> | null;

const DAY_MS = 86_400_000;
const YEARS_TRIED = 8;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const FILLING = new Set(["de", "del", "el", "of", "the", "st", "nd", "rd", "th", "on"]);

/** The typed day. */
export function readDay(typed: string, asked: DayAsked): Reading<CalendarDay> {
  const text = plain(typed);
  if (text === "") return EMPTY;
  for (const reader of [byName, counted, inDigits, inWords]) {
    const found = reader(text, asked);
    if (found !== null) return found;
  }
  return UNCLEAR;
}

/** The day this many days later; earlier for a negative count. */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** `Wed, Mar 4, 2026`: short, and `readDay` reads it back. */
export function showDay(day: CalendarDay, locale: string): string {
  return written(day, locale, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

/** `Wednesday, March 4, 2026`. */
export function spellDay(day: CalendarDay, locale: string): string {
  return written(day, locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** Today in a zone (the reader's own, when none is given). */
export function dayIn(at: number, zone?: string): CalendarDay {
  const own = zone === undefined ? {} : { timeZone: zone };
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...own }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

const byName: Reader = (text, { today, locale }) => {
  const near = nearDayNamed(text, locale);
  if (near !== null) return read(addDays(today, near));
  const weekday = weekdayNamed(text.replace(".", ""), locale);
  if (weekday === null) return null;
  const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7;
  return read(addDays(today, ahead === 0 ? 7 : ahead));
};

const counted: Reader = (text, { today }) => {
  const found = /^(\+|-|−|in |en )? ?(\d{1,3}) ?(d|days?|dias?|w|weeks?|semanas?)?$/.exec(text);
  if (found === null || (found[1] ?? found[3]) === undefined) return null;
  const sign = found[1] === "-" || found[1] === "−" ? -1 : 1;
  const size = /^[ws]/.test(found[3] ?? "") ? 7 : 1;
  return read(addDays(today, sign * size * Number(found[2])));
};

const inDigits: Reader = (text, asked) => {
  if (!/^\d+(?:[ ./-]+\d+){0,2}[ .]*$/.test(text)) return null;
  const numbers = text.match(/\d+/g) ?? [];
  const [first = "", second, third] = numbers;
  if (second === undefined) return fromOneNumber(first, asked);
  if (first.length === 4) return third === undefined ? UNCLEAR : dayOf(Number(first), Number(second), Number(third));
  const [month, day] = inOrder(Number(first), Number(second), asked.locale);
  return third === undefined ? withoutYear(month, day, asked) : withYear(third, month, day, asked);
};

const inWords: Reader = (text, asked) => {
  const tokens = text.match(/\p{L}+|\d+/gu) ?? [];
  const numbers = tokens.filter((token) => /^\d/.test(token));
  const month = monthAmong(tokens.filter((token) => !/^\d/.test(token) && !FILLING.has(token)), asked.locale);
  const [first = "", second] = numbers;
  if (month === null) return null;
  if (numbers.length === 1 && first.length <= 2) return withoutYear(month, Number(first), asked);
  if (numbers.length !== 2 || second === undefined) return null;
  return first.length === 4 ? withYear(first, month, Number(second), asked) : withYear(second, month, Number(first), asked);
};

/** The month among the words; the other words must be weekdays, some of which begin like months. */
function monthAmong(words: readonly string[], locale: string): number | null {
  const named = words.map((word) => monthNamed(word, locale)).filter((each) => each !== null);
  const month = named.at(-1) ?? null;
  const known = words.every((word) => monthNamed(word, locale) === month || weekdayNamed(word, locale) !== null);
  return known ? month : null;
}

/** `15` is the next 15th; `20260304` and `03042026` are written without separators. */
function fromOneNumber(digits: string, asked: DayAsked): Reading<CalendarDay> {
  if (digits.length <= 2) return nextOfMonth(Number(digits), asked);
  if (digits.length !== 8) return UNCLEAR;
  if (/^(?:19|20|21)/.test(digits) && Number(digits.slice(4, 6)) <= 12) {
    return dayOf(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));
  }
  const [month, day] = inOrder(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), asked.locale);
  return dayOf(Number(digits.slice(4)), month, day);
}

/** Month and day of `3/4`, by the language's order, unless only the other order makes a date. */
function inOrder(first: number, second: number, locale: string): readonly [number, number] {
  const parts = new Intl.DateTimeFormat(locale, { month: "numeric", day: "numeric", timeZone: "UTC" }).formatToParts(0);
  const monthFirst = parts.find((part) => part.type === "month" || part.type === "day")?.type === "month";
  const swapped = monthFirst ? first > 12 && second <= 12 : second > 12 && first <= 12;
  return monthFirst === swapped ? [second, first] : [first, second];
}

function nextOfMonth(day: number, { today, leaning = "future" }: DayAsked): Reading<CalendarDay> {
  if (day < 1 || day > 31) return IMPOSSIBLE;
  const step = leaning === "future" ? 1 : -1;
  for (let found = today; ; found = addDays(found, step)) {
    if (Number(found.slice(8)) === day) return read(found);
  }
}

function withoutYear(month: number, day: number, { today, leaning = "future" }: DayAsked): Reading<CalendarDay> {
  const step = leaning === "future" ? 1 : -1;
  for (let tried = 0; tried <= YEARS_TRIED; tried += 1) {
    const found = dayOf(Number(today.slice(0, 4)) + step * tried, month, day);
    if (found.is === "read" && (leaning === "future" ? found.value >= today : found.value <= today)) return found;
  }
  return IMPOSSIBLE;
}

function withYear(year: string, month: number, day: number, { today, leaning }: DayAsked): Reading<CalendarDay> {
  if (year.length !== 2) return dayOf(Number(year), month, day);
  const ofThisCentury = dayOf(2000 + Number(year), month, day);
  const tooLate = leaning === "past" && 2000 + Number(year) > Number(today.slice(0, 4));
  return tooLate ? dayOf(1900 + Number(year), month, day) : ofThisCentury;
}

function dayOf(year: number, month: number, day: number): Reading<CalendarDay> {
  if (year < FIRST_YEAR || year > LAST_YEAR) return IMPOSSIBLE;
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return exists ? read(at.toISOString().slice(0, 10)) : IMPOSSIBLE;
}

function written(day: CalendarDay, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(Date.parse(day));
}
