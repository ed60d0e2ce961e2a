import { describe, expect, it } from "vitest";
import { addDays, type CalendarDay, dayIn, type DayAsked, readDay, showDay, spellDay } from "./days.ts";

/** A Wednesday. */
const TODAY = "2026-03-04";
const AMERICAN: DayAsked = { today: TODAY, locale: "en-US" };
const BRITISH: DayAsked = { today: TODAY, locale: "en-GB" };
const SPANISH: DayAsked = { today: TODAY, locale: "es-US" };

function day(typed: string, asked: DayAsked = AMERICAN): CalendarDay | string {
  const reading = readDay(typed, asked);
  return reading.is === "read" ? reading.value : reading.is;
}

describe("a typed day", () => {
  it.each([
    ["today", "2026-03-04"], ["Tomorrow", "2026-03-05"], ["tom", "2026-03-05"], ["yesterday", "2026-03-03"],
    ["+3", "2026-03-07"], ["in 3 days", "2026-03-07"], ["2 weeks", "2026-03-18"], ["+2w", "2026-03-18"], ["-1", "2026-03-03"],
  ])("may be near: %s", (typed, expected) => expect(day(typed)).toBe(expected));

  it.each([["fri", "2026-03-06"], ["Thursday", "2026-03-05"], ["Tue.", "2026-03-10"], ["wed", "2026-03-11"]])(
    "may be a weekday, then it is the next one: %s",
    (typed, expected) => expect(day(typed)).toBe(expected),
  );

  it.each([
    ["3/14", "2026-03-14"], ["3.14.26", "2026-03-14"], ["03-14-2026", "2026-03-14"], ["3 14 2026", "2026-03-14"],
    ["2026-03-14", "2026-03-14"], ["2026/3/14", "2026-03-14"], ["20260314", "2026-03-14"], ["03142026", "2026-03-14"],
    ["15", "2026-03-15"], ["3", "2026-04-03"],
  ])("may be in digits: %s", (typed, expected) => expect(day(typed)).toBe(expected));

  it.each([
    ["4 mar", "2026-03-04"], ["Mar 14", "2026-03-14"], ["march 14th, 2026", "2026-03-14"], ["14 March 26", "2026-03-14"],
    ["2026 March 14", "2026-03-14"], ["the 14th of March", "2026-03-14"], ["Sat, Mar 14, 2026", "2026-03-14"],
  ])("may be in words: %s", (typed, expected) => expect(day(typed)).toBe(expected));

  it("follows the order of the reader's language, unless only the other order makes a date", () => {
    expect(day("3/4", AMERICAN)).toBe("2026-03-04");
    expect(day("3/4", BRITISH)).toBe("2026-04-03");
    expect(day("25/12", AMERICAN)).toBe("2026-12-25");
    expect(day("12/25", BRITISH)).toBe("2026-12-25");
  });

  it.each([
    ["hoy", "2026-03-04"], ["mañana", "2026-03-05"], ["manana", "2026-03-05"], ["pasado mañana", "2026-03-06"],
    ["viernes", "2026-03-06"], ["mar", "2026-03-10"], ["4 de marzo de 2027", "2027-03-04"], ["en 3 días", "2026-03-07"],
    ["tomorrow", "2026-03-05"],
  ])("may be in Spanish, and still in English: %s", (typed, expected) => expect(day(typed, SPANISH)).toBe(expected));

  it("without a year is the next such day, or the last one for questions about the past", () => {
    const past: DayAsked = { ...AMERICAN, leaning: "past" };
    expect(day("jan 5")).toBe("2027-01-05");
    expect(day("jan 5", past)).toBe("2026-01-05");
    expect(day("dec 5", past)).toBe("2025-12-05");
    expect(day("feb 29")).toBe("2028-02-29");
    expect(day("5/17/84", past)).toBe("1984-05-17");
    expect(day("15", past)).toBe("2026-02-15");
  });

  it.each([["feb 30", "impossible"], ["13/13", "impossible"], ["40", "impossible"], ["1/1/1776", "impossible"]])(
    "that does not exist is impossible: %s",
    (typed, expected) => expect(day(typed)).toBe(expected),
  );

  it.each([["", "empty"], ["  ", "empty"], ["soon", "unclear"], ["march", "unclear"], ["next friday", "unclear"], ["12345", "unclear"]])(
    "is unclear: “%s”",
    (typed, expected) => expect(day(typed)).toBe(expected),
  );

  it.each(["en-US", "en-GB", "es", "es-US", "es-MX"])("is shown in %s so that it can be read again", (locale) => {
    for (let count = 0; count < 400; count += 3) {
      const shown = addDays(TODAY, count);
      for (const text of [showDay(shown, locale), spellDay(shown, locale)]) {
        expect(day(text, { today: TODAY, locale }), text).toBe(shown);
      }
    }
  });
});

it("today depends on the zone", () => {
  const at = Date.parse("2026-03-04T03:30:00Z");
  expect(dayIn(at, "America/New_York")).toBe("2026-03-03");
  expect(dayIn(at, "Asia/Tokyo")).toBe("2026-03-04");
});
