/** Durations and instants as people read them. Seconds are exact; nothing here ever rounds up. */

import { locale } from "./messages/words.ts";
import type { Instant } from "./wire/api.gen.ts";

/** `10725` is `2:58:45`: hours, minutes and seconds, cut to whole seconds. */
export function hms(seconds: number): string {
  const { sign, hours, minutes, rest } = parts(seconds);
  return `${sign}${hours}:${padded(minutes)}:${padded(rest)}`;
}

/** `10725` is `2 h 58 min 45 s`: the same in words, parts of zero left out. */
export function inWords(seconds: number): string {
  const { sign, hours, minutes, rest } = parts(seconds);
  const said = [
    hours > 0 ? `${hours} h` : "",
    minutes > 0 ? `${minutes} min` : "",
    rest > 0 || (hours === 0 && minutes === 0) ? `${rest} s` : "",
  ];
  return sign + said.filter(Boolean).join(" ");
}

/** Time still to go, in hours and started minutes: `61` is `2 min`, because the second minute is still running. */
export function remaining(seconds: number): string {
  const minutes = Math.ceil(Math.max(0, seconds) / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${padded(minutes % 60)} min` : `${minutes} min`;
}

/** `10,725 s`. */
export function exactly(seconds: number): string {
  return `${seconds.toLocaleString(locale())} s`;
}

/** A name for the middle of a sentence: written in whatever direction, it leaves that of the rest alone. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

export interface Shown {
  /** IANA name; the reader's own zone when absent. */
  readonly zone?: string;
  readonly locale?: string;
}

/** `6:42 PM`. */
export function clock(at: Instant | number, shown: Shown = {}): string {
  return written(at, shown, { hour: "numeric", minute: "2-digit" });
}

/** `6:42:10 PM`. */
export function clockWithSeconds(at: Instant | number, shown: Shown = {}): string {
  return written(at, shown, { hour: "numeric", minute: "2-digit", second: "2-digit" });
}

/** `Wednesday, March 4`. */
export function day(at: Instant | number, shown: Shown = {}): string {
  return written(at, shown, { weekday: "long", month: "long", day: "numeric" });
}

/** `6:00 – 9:15 PM EST`, in the session's zone; also across midnight, when it is `10:30 PM – 1:45 AM EST`. */
export function timeRange(starts: Instant, ends: Instant, shown: Shown): string {
  const options: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const range =
    day(starts, shown) === day(ends, shown)
      ? tidied(formatter(shown, options).formatRange(new Date(starts), new Date(ends)))
      : `${clock(starts, shown)} – ${written(ends, shown, options)}`;
  return range.replace(/GMT[+-]\d[\d:]*/, () => zoneName(ends, shown));
}

/** The same hours by the reader's own clock, or null if both clocks agree. */
export function timeRangeHere(starts: Instant, ends: Instant, zone: string, here?: string): string | null {
  const own = here ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const plain: Intl.DateTimeFormatOptions = { weekday: "long", hour: "numeric", minute: "2-digit" };
  const same = [starts, ends].every((at) => written(at, { zone }, plain) === written(at, { zone: own }, plain));
  if (same) return null;
  const dayHere = written(starts, { zone: own }, { weekday: "long" });
  const otherDay = dayHere !== written(starts, { zone }, { weekday: "long" });
  return (otherDay ? `${dayHere}, ` : "") + timeRange(starts, ends, { zone: own });
}

/** `Wednesday, March 4` for a calendar day, which has no zone. */
export function dayOf(date: string): string {
  return day(`${date}T12:00:00Z`, { zone: "UTC" });
}

function written(at: Instant | number, shown: Shown, options: Intl.DateTimeFormatOptions): string {
  return tidied(formatter(shown, options).format(new Date(at)));
}

/** `EST`: what people there call their zone, which Mexican Spanish and British English write as `GMT-5`. */
function zoneName(at: Instant, shown: Shown): string {
  const english = formatter({ ...shown, locale: "en-US" }, { timeZoneName: "short" }).formatToParts(new Date(at));
  return english.find((part) => part.type === "timeZoneName")?.value ?? "";
}

function formatter(shown: Shown, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const zone = shown.zone === undefined ? {} : { timeZone: shown.zone };
  return new Intl.DateTimeFormat(shown.locale ?? locale(), { ...options, ...zone });
}

/** Browsers differ in the invisible spaces they put before AM and around a dash. */
function tidied(text: string): string {
  return text.replace(/[\u202f\u2009\u00a0]/g, " ");
}

function parts(seconds: number) {
  const whole = Math.trunc(seconds);
  const size = Math.abs(whole);
  return {
    sign: whole < 0 ? "−" : "",
    hours: Math.floor(size / 3600),
    minutes: Math.floor((size % 3600) / 60),
    rest: size % 60,
  };
}

function padded(value: number): string {
  return String(value).padStart(2, "0");
}

/** A day with its year and without its weekday, as for a date of birth: "Mar 12, 1984". */
export function dateOf(date: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

/** `Mar 12`: the same as short as it can be, below a bar. */
export function shortDay(date: string): string {
  return new Intl.DateTimeFormat(locale(), { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

/** The same of a moment, where the reader is. */
export function dateAt(at: Instant): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(at));
}
