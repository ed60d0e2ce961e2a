import { describe, expect, it } from "vitest";
import { inWords } from "../../../format.ts";
import { readDuration } from "./durations.ts";

const HOUR = 3600;

function seconds(typed: string, bare: "hours" | "minutes" | "seconds" = "minutes"): number | string {
  const reading = readDuration(typed, bare);
  return reading.is === "read" ? reading.value : reading.is;
}

describe("a typed duration", () => {
  it.each([
    ["1h 30", 1.5 * HOUR], ["1h30m", 1.5 * HOUR], ["1:30", 1.5 * HOUR], ["90", 1.5 * HOUR], ["90 min", 1.5 * HOUR], ["1.5h", 1.5 * HOUR],
    ["1,5 h", 1.5 * HOUR], ["1½ h", 1.5 * HOUR], ["½ h", HOUR / 2], ["1 hour and 30 minutes", 1.5 * HOUR], ["1 hora y 30 minutos", 1.5 * HOUR],
    ["3 h", 3 * HOUR], ["45 s", 45], ["5 min 30", 330], ["2:58:45", 10_725], ["2 h 58 min 45 s", 10_725], ["0", 0],
  ])("%s", (typed, expected) => expect(seconds(typed)).toBe(expected));

  it("counts hours where a number alone means hours", () => expect(seconds("9", "hours")).toBe(9 * HOUR));

  it.each([["1:75", "impossible"], ["-5", "impossible"]])("cannot be %s", (typed, expected) => expect(seconds(typed)).toBe(expected));

  it.each([["", "empty"], ["long", "unclear"], ["1 h 2 h", "unclear"], ["30 min 1 h", "unclear"], ["1 2", "unclear"], ["1 day", "unclear"]])(
    "is unclear: “%s”",
    (typed, expected) => expect(seconds(typed)).toBe(expected),
  );

  it("is shown so that it can be read again", () => {
    for (let each = 0; each < 20_000; each += 37) expect(seconds(inWords(each))).toBe(each);
  });
});
