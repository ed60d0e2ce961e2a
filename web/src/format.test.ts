import { describe, expect, it } from "vitest";
import {
  clock, clockWithSeconds, day, dayOf, exactly, hms, inWords, remaining, timeRange, timeRangeHere,
} from "./format.ts";

const EVENING = "2026-03-04T23:00:00Z";
const NIGHT = "2026-03-05T02:15:00Z";
const NEW_YORK = { zone: "America/New_York", locale: "en-US" };

describe("durations", () => {
  it("are exact to the second: 75 s short of nine hours is not nine hours", () => {
    expect(hms(32_325)).toBe("8:58:45");
    expect(inWords(32_325)).toBe("8 h 58 min 45 s");
    expect(exactly(32_325)).toBe("32,325 s");
  });

  it("are cut, never rounded up", () => {
    expect(hms(10_799.999)).toBe("2:59:59");
    expect(inWords(59.9)).toBe("59 s");
  });

  it("leave out parts that are zero, except when all are", () => {
    expect(inWords(7_200)).toBe("2 h");
    expect(inWords(3_605)).toBe("1 h 5 s");
    expect(inWords(0)).toBe("0 s");
    expect(hms(0)).toBe("0:00:00");
  });

  it("keep the sign of a shortfall", () => {
    expect(hms(-75)).toBe("−0:01:15");
  });

  it("to go count the minute that is running", () => {
    expect(remaining(61)).toBe("2 min");
    expect(remaining(60)).toBe("1 min");
    expect(remaining(3_661)).toBe("1 h 02 min");
    expect(remaining(-5)).toBe("0 min");
  });
});

describe("instants", () => {
  it("are shown in the session's zone, for readers anywhere", () => {
    expect(clock(EVENING, NEW_YORK)).toBe("6:00 PM");
    expect(clockWithSeconds("2026-03-04T23:00:10.900Z", NEW_YORK)).toBe("6:00:10 PM");
    expect(day(NIGHT, NEW_YORK)).toBe("Wednesday, March 4");
  });

  it("name their zone, which summer time changes", () => {
    expect(timeRange(EVENING, NIGHT, NEW_YORK)).toBe("6:00 – 9:15 PM EST");
    expect(timeRange("2026-07-01T22:00:00Z", "2026-07-02T01:15:00Z", NEW_YORK)).toBe("6:00 – 9:15 PM EDT");
  });

  it("are repeated by the reader's own clock if it differs", () => {
    expect(timeRangeHere(EVENING, NIGHT, "America/New_York", "America/Chicago")).toBe("5:00 – 8:15 PM CST");
    expect(timeRangeHere(EVENING, NIGHT, "America/New_York", "America/Detroit")).toBeNull();
  });

  it("may span midnight, in either zone", () => {
    expect(timeRange("2026-03-05T03:30:00Z", "2026-03-05T06:45:00Z", NEW_YORK)).toBe("10:30 PM – 1:45 AM EST");
    expect(timeRangeHere(EVENING, NIGHT, "America/New_York", "UTC")).toBe("11:00 PM – 2:15 AM UTC");
    expect(timeRangeHere(EVENING, NIGHT, "America/New_York", "Asia/Tokyo")).toMatch(/^Thursday, 8:00 – 11:15 AM/);
  });

  it("of a calendar day have no zone", () => {
    expect(dayOf("2026-03-04")).toBe("Wednesday, March 4");
  });
});

it("a zone has the name that people there know, also where the reader's own country has none for it", () => {
  expect(timeRange(EVENING, NIGHT, { ...NEW_YORK, locale: "es-MX" })).toMatch(/ EST$/);
  expect(timeRange(EVENING, NIGHT, { ...NEW_YORK, locale: "en-GB" })).toMatch(/ EST$/);
});

describe("in Spanish", () => {
  const SPANISH = { zone: "America/New_York", locale: "es-US" };

  it("clocks, days and hours are written in the local way", () => {
    expect(clock(EVENING, SPANISH)).toMatch(/^6:00 p\. ?m\.$/);
    expect(day(NIGHT, SPANISH)).toBe("miércoles, 4 de marzo");
    expect(timeRange(EVENING, NIGHT, SPANISH)).toMatch(/^6:00.{1,3}9:15 p\. ?m\. EST$/);
  });
});
