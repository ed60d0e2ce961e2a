import { expect, it } from "vitest";
import { pauseBefore } from "./pause.ts";

it("the first try is soon, later ones are further apart, at most eight seconds", () => {
  expect([1, 2, 6, 7, 8, 9, 20].map((tries) => pauseBefore(tries, 1))).toEqual([500, 1000, 1000, 2000, 4000, 8000, 8000]);
});

it("clients of one lost node do not all come back at the same moment", () => {
  expect(pauseBefore(1, 0)).toBe(250);
  expect(pauseBefore(20, 0)).toBe(4000);
});

it("until another node may have taken the room, no wait is longer than a second", () => {
  const tries = [1, 2, 3, 4, 5, 6];
  expect(tries.map((each) => pauseBefore(each, 0)).reduce((sum, ms) => sum + ms)).toBeGreaterThan(2_500);
  expect(Math.max(...tries.map((each) => pauseBefore(each, 1)))).toBe(1_000);
});
