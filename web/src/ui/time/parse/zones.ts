/** Time zones as people look for them: by place, by name (`eastern`, `PST`), or by offset (`+1`, `UTC-5`). */

import { plain } from "./reading.ts";

/** An IANA name: `America/New_York`. */
export type ZoneName = string;

export interface ZoneShown {
  /** `Eastern Time`, or the place where a zone has no name of its own. */
  readonly label: string;
  /** `New York`. */
  readonly place: string;
  /** `UTC−5`, at the moment asked about. */
  readonly offset: string;
}

/** The zones of this product's country come first, with the names that people there use. */
const COMMON: Readonly<Record<ZoneName, string>> = {
  "America/New_York": "eastern et est edt boston washington philadelphia atlanta miami",
  "America/Chicago": "central ct cst cdt dallas houston austin minneapolis new orleans",
  "America/Denver": "mountain mt mst mdt salt lake city albuquerque",
  "America/Phoenix": "arizona mst tucson",
  "America/Los_Angeles": "pacific pt pst pdt seattle portland san francisco san diego las vegas california",
  "America/Anchorage": "alaska akst akdt",
  "Pacific/Honolulu": "hawaii hst",
  "America/Puerto_Rico": "atlantic ast san juan",
};
const UTC = "UTC";

/** Every zone that this browser knows: the common ones first, then by name. */
export function allZones(): readonly ZoneName[] {
  const common = Object.keys(COMMON);
  const known = Intl.supportedValuesOf("timeZone").filter((name) => !common.includes(name) && name !== UTC);
  return [...common, UTC, ...known];
}

/** The zones that fit the typed text, best first; all zones without text. */
export function findZones(typed: string, at: number): readonly ZoneName[] {
  const text = plain(typed);
  if (text === "") return allZones();
  const offset = minutesTyped(text);
  if (offset !== null) return allZones().filter((name) => offsetMinutes(name, at) === offset);
  const words = wordsOf(text);
  return allZones()
    .map((name) => ({ name, rank: rankOf(name, text, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ name }) => name);
}

/** The text of a zone for people, at a moment. */
export function showZone(name: ZoneName, at: number, locale: string): ZoneShown {
  const place = (name.split("/").at(-1) ?? name).replaceAll("_", " ");
  const generic = zonePart(name, at, locale, "longGeneric");
  return { label: /^(?:GMT|UTC)[+−-]|^\p{Lu}{2}\p{L}*$/u.test(generic) ? place : generic, place, offset: offsetOf(name, at) };
}

/** 0 if a name was typed whole, 1 if the place begins with the text, 2 for other matches; null for none. */
function rankOf(name: ZoneName, text: string, words: readonly string[]): number | null {
  const aliases = wordsOf(COMMON[name] ?? "");
  const parts = [...wordsOf(plain(name)), ...aliases];
  if (!words.every((word) => parts.some((part) => part.startsWith(word)))) return null;
  if (aliases.includes(text)) return 0;
  return wordsOf(plain(name.split("/").at(-1) ?? "")).join(" ").startsWith(text) ? 1 : 2;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s/_,–·-]+/).filter(Boolean);
}

/** `+1`, `utc-5` and `gmt+05:30` in minutes; null for anything else. */
function minutesTyped(text: string): number | null {
  const found = /^(?:utc|gmt)? ?([+−-]) ?(\d{1,2})(?::?(\d{2}))?$/.exec(text);
  if (found === null) return null;
  return (found[1] === "+" ? 1 : -1) * (Number(found[2]) * 60 + Number(found[3] ?? 0));
}

function offsetMinutes(name: ZoneName, at: number): number {
  return minutesTyped(plain(offsetOf(name, at))) ?? 0;
}

function offsetOf(name: ZoneName, at: number): string {
  return zonePart(name, at, "en", "shortOffset").replace(/^GMT\+0$/, UTC).replace("GMT", UTC).replace("-", "−");
}

function zonePart(name: ZoneName, at: number, locale: string, style: "longGeneric" | "shortOffset"): string {
  const written = new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: style });
  return written.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? name;
}
