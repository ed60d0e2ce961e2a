import { describe, expect, it } from "vitest";
import { addMinutes, readTime, showTime, type TimeAsked, type TimeOfDay } from "./times.ts";

const AMERICAN: TimeAsked = { locale: "en-US" };
const GERMAN: TimeAsked = { locale: "de" };

function time(typed: string, asked: TimeAsked = AMERICAN): TimeOfDay | string {
  const reading = readTime(typed, asked);
  return reading.is === "read" ? reading.value : reading.is;
}

describe("a typed time", () => {
  it.each([
    ["7:30pm", "19:30"], ["7.30 PM", "19:30"], ["7:30 p. m.", "19:30"], ["730p", "19:30"], ["7p", "19:00"], ["7 a.m.", "07:00"],
    ["12am", "00:00"], ["12 pm", "12:00"], ["noon", "12:00"], ["medianoche", "00:00"], ["19:30 pm", "19:30"],
  ])("may say which half of the day it is in: %s", (typed, expected) => expect(time(typed)).toBe(expected));

  it.each([
    ["19.30", "19:30"], ["19:30", "19:30"], ["1930", "19:30"], ["19h30", "19:30"], ["19 h", "19:00"], ["07:30", "07:30"],
    ["0730", "07:30"], ["0:15", "00:15"], ["24:00", "00:00"],
  ])("may be in 24 hours: %s", (typed, expected) => expect(time(typed)).toBe(expected));

  it("without am or pm is the likely one on a clock of twelve hours, and the plain one on a clock of 24", () => {
    expect(time("7")).toBe("07:00");
    expect(time("6")).toBe("18:00");
    expect(time("12")).toBe("12:00");
    expect(time("6", GERMAN)).toBe("06:00");
  });

  it("without am or pm, as an end, is after the start", () => {
    expect(time("9", { locale: "en-US", after: "18:00" })).toBe("21:00");
    expect(time("9:15", { locale: "en-US", after: "08:00" })).toBe("09:15");
    expect(time("1", { locale: "en-US", after: "22:00" })).toBe("01:00");
    expect(time("6", { locale: "en-US", after: "18:00" })).toBe("06:00");
  });

  it.each([["25:00", "impossible"], ["7:75", "impossible"], ["13am", "impossible"], ["24:30", "impossible"]])(
    "outside the clock is impossible: %s",
    (typed, expected) => expect(time(typed)).toBe(expected),
  );

  it.each([["", "empty"], ["evening", "unclear"], ["7:3", "unclear"], ["12345", "unclear"]])(
    "is unclear: “%s”",
    (typed, expected) => expect(time(typed)).toBe(expected),
  );

  it.each(["en-US", "en-GB", "es", "es-US", "es-MX", "de"])("is shown in %s so that it can be read again", (locale) => {
    for (let minutes = 0; minutes < 1440; minutes += 15) {
      const shown = addMinutes("00:00", minutes);
      expect(time(showTime(shown, locale), { locale }), showTime(shown, locale)).toBe(shown);
    }
  });

  it("goes round the clock", () => {
    expect(addMinutes("23:50", 15)).toBe("00:05");
    expect(addMinutes("00:05", -15)).toBe("23:50");
  });
});
