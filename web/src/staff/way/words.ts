/** Codes and days of the way through a program, in words. */

import { dayOf, inWords } from "../../format.ts";
import { locale, staffWords } from "../../messages/words.ts";
import type { Clock, Effects, Reason } from "../../wire/api.gen.ts";
import { spelled, wordOf } from "../words.ts";

/** The word of a code in one of the lists, or the code itself, readable. */
export const said = (words: Readonly<Record<string, string>>, code: string): string => wordOf(words, code) ?? spelled(code);

/** `Nov 26, 10:00 PM`: lists hold many of them. */
export const momentOf = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }).format(new Date(at));

export function clockSaid({ code, text, due, met, overdue }: Clock): string {
  const what = text || said(staffWords.way.clocks, code);
  if (met) return staffWords.way.met(what);
  return overdue ? staffWords.way.overdueSince(what, momentOf(due)) : staffWords.way.dueAt(what, momentOf(due));
}

/** What an act changes, one sentence each. */
export function changesSaid(effects: Effects): readonly string[] {
  const words = staffWords.way.changes;
  const { week, door, beyond } = effects;
  const counted: readonly (readonly [number, (count: number) => string])[] = [
    [effects.groups_left, words.left], [effects.groups_rejoined, words.rejoined], [effects.still_invited, words.invited],
    [effects.unsigned_notes, words.unsigned],
  ];
  const found = [
    beyond !== null && words.beyond(beyond.clients, beyond.capacity, dayOf(beyond.on)),
    effects.restates > 0 && words.restates(effects.restates),
    week !== null && (week.after_s === null ? words.weekNothing(dayOf(week.first_day)) : words.week(dayOf(week.first_day), inWords(week.after_s), week.after_days ?? 0)),
    door !== null && (door.opens ? words.opens(dayOf(door.from_on)) : closes(door.from_on, door.until)),
    ...counted.map(([count, say]) => count > 0 && say(count)),
  ].filter((sentence): sentence is string => sentence !== false);
  return found.length > 0 ? found : [words.nothing];
}

function closes(from: string, until: string | null): string {
  const words = staffWords.way.changes;
  return until === null ? words.closes(dayOf(from)) : words.closesUntil(dayOf(from), dayOf(until));
}

/** Choices of reasons of discharge, by the clinic's own words or those of the catalogue. */
export const reasonChoices = (reasons: ReadonlyArray<Reason>) =>
  reasons.map(({ code, text }) => ({ value: code, label: text || said(staffWords.way.reasons, code) }));

/** Choices of a list of words, in its order. */
export const choicesOf = <Code extends string>(words: Readonly<Record<Code, string>>) =>
  (Object.entries(words) as [Code, string][]).map(([value, label]) => ({ value, label }));
