/** A duration as people type it: `1h 30`, `1:30`, `90`, `1.5 h`, `2 h 58 min 45 s`. */

import { EMPTY, IMPOSSIBLE, plain, read, type Reading, UNCLEAR } from "./reading.ts";

type Unit = "hours" | "minutes" | "seconds";

const SECONDS: Readonly<Record<Unit, number>> = { hours: 3600, minutes: 60, seconds: 1 };
const NEXT: Readonly<Record<Unit, Unit | null>> = { hours: "minutes", minutes: "seconds", seconds: null };
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:h|hrs?|hours?|horas?)$/, "hours"],
  [/^(?:m|mins?|minutes?|minutos?)$/, "minutes"],
  [/^(?:s|secs?|seconds?|segs?|segundos?)$/, "seconds"],
];
const FRACTIONS: Readonly<Record<string, string>> = { "¼": ".25", "½": ".5", "¾": ".75" };

/** Whole seconds; a number without a unit counts minutes, or the unit `bare`. */
export function readDuration(typed: string, bare: Unit = "minutes"): Reading<number> {
  const text = plain(typed)
    .replace(/[¼½¾]/g, (sign) => FRACTIONS[sign] ?? "")
    .replace(/(\d),(\d)/g, "$1.$2")
    .replace(/\b(?:and|y)\b|,/g, " ")
    .trim();
  if (text === "") return EMPTY;
  if (/^[-−]/.test(text)) return IMPOSSIBLE;
  return withColons(text) ?? withUnits(text, bare);
}

/** `1:30` is an hour and a half, `1:30:15` has seconds. */
function withColons(text: string): Reading<number> | null {
  const found = /^(\d+):(\d{1,2})(?::(\d{1,2}))? ?h?$/.exec(text);
  if (found === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return minutes > 59 || seconds > 59 ? IMPOSSIBLE : read(hours * 3600 + minutes * 60 + seconds);
}

/** Numbers with their units, from the largest to the smallest; a last number without one has the unit below. */
function withUnits(text: string, bare: Unit): Reading<number> {
  const pieces = [...text.matchAll(/(\d+(?:\.\d+)?|\.\d+) *([a-z]*)\.? */gy)];
  if (pieces.length === 0 || pieces.map((piece) => piece[0]).join("") !== text) return UNCLEAR;
  const amounts = pieces.map(([, amount]) => Number(amount));
  const units: (Unit | null)[] = [];
  for (const [, , word = ""] of pieces) units.push(word === "" ? unitAfter(units.at(-1), bare) : unitNamed(word));
  const sizes = units.map((unit) => (unit === null ? Number.NaN : SECONDS[unit]));
  const falling = sizes.every((size, place) => place === 0 ? size > 0 : size < (sizes[place - 1] ?? 0));
  const open = pieces.slice(0, -1).some(([, , word]) => word === "");
  if (!falling || open) return UNCLEAR;
  return read(Math.round(sizes.reduce((sum, size, place) => sum + size * (amounts[place] ?? 0), 0)));
}

/** The unit of a number without one: the usual unit for the first number, the next smaller one for a later number. */
function unitAfter(last: Unit | null | undefined, bare: Unit): Unit | null {
  if (last === undefined) return bare;
  return last === null ? null : NEXT[last];
}

function unitNamed(word: string): Unit | null {
  return UNITS.find(([known]) => known.test(word))?.[1] ?? null;
}
