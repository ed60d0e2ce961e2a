/** A time of day as people type it: `7:30pm`, `19.30`, `730p`, `7`, `noon`. */

import { EMPTY, IMPOSSIBLE, plain, read, type Reading, UNCLEAR } from "./reading.ts";

/** `19:30`, of 24 hours. */
export type TimeOfDay = string;

export interface TimeAsked {
  /** Decides whether a clock has twelve hours. */
  readonly locale: string;
  /** `7` without am or pm is the first 7 o'clock after this. */
  readonly after?: TimeOfDay | null;
}

const WORDS: Readonly<Record<string, TimeOfDay>> = {
  noon: "12:00", midday: "12:00", mediodia: "12:00", midnight: "00:00", medianoche: "00:00",
};
const DAY_MINUTES = 1440;
/** Without am, pm or `after`, hours from this one on are in the morning, and earlier ones in the afternoon. */
const MORNING_BEGINS = 7;

/** The typed time of day. */
export function readTime(typed: string, asked: TimeAsked): Reading<TimeOfDay> {
  const text = plain(typed).replace(/([ap])\.? ?m\.?$/, "$1m");
  if (text === "") return EMPTY;
  const word = WORDS[text];
  if (word !== undefined) return read(word);
  const found =
    /^(\d{1,2})(?: ?[:.h ] ?(\d{2}))? ?h? ?(am?|pm?)?$/.exec(text) ?? /^(\d{1,2})(\d{2}) ?(am?|pm?)?$/.exec(text);
  if (found === null) return UNCLEAR;
  const [, hours = "", minutes = "0", half] = found;
  const hour = hourOf(hours, Number(minutes), half?.charAt(0), asked);
  return hour === null || Number(minutes) > 59 ? IMPOSSIBLE : read(timeOf(hour * 60 + Number(minutes)));
}

/** The time this many minutes later, round the clock; earlier for a negative count. */
export function addMinutes(time: TimeOfDay, count: number): TimeOfDay {
  return timeOf((minutesOf(time) + count + DAY_MINUTES) % DAY_MINUTES);
}

/** `7:30 PM` or `19:30`, as the language has it; `readTime` reads it back. */
export function showTime(time: TimeOfDay, locale: string): string {
  const written = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  return written.format(minutesOf(time) * 60_000).replace(/[\u202f\u2009\u00a0]/g, " ");
}

function hourOf(digits: string, minutes: number, half: string | undefined, asked: TimeAsked): number | null {
  const hour = Number(digits);
  if (hour > 24 || (hour === 24 && minutes > 0)) return null;
  if (half !== undefined) return hourInHalf(hour, half);
  const sure = hour === 0 || hour > 12 || digits.startsWith("0") || !hasHalves(asked.locale);
  return sure ? hour % 24 : likelyHour(hour, minutes, asked.after ?? null);
}

/** `12am` is midnight; `19 pm` is 19:00. */
function hourInHalf(hour: number, half: string): number | null {
  if (half === "a") return hour > 12 ? null : hour % 12;
  return hour > 12 ? hour % 24 : (hour % 12) + 12;
}

function likelyHour(hour: number, minutes: number, after: TimeOfDay | null): number {
  if (after === null) return hour >= MORNING_BEGINS ? hour : hour + 12;
  const until = (each: number) => (each * 60 + minutes - minutesOf(after) + DAY_MINUTES - 1) % DAY_MINUTES;
  const [morning, evening] = [hour % 12, (hour % 12) + 12];
  return until(morning) < until(evening) ? morning : evening;
}

function hasHalves(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
}

function minutesOf(time: TimeOfDay): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function timeOf(minutes: number): TimeOfDay {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
