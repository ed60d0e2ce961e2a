import { expect, it } from "vitest";
import { pauseBefore } from "./pause.ts";

it("the first try comes soon, later ones further apart, none after more than eight seconds", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((tries) => pauseBefore(tries, 1))).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

it("those who lost the same node do not all come back in the same moment", () => {
  expect(pauseBefore(1, 0)).toBe(250);
  expect(pauseBefore(20, 0)).toBe(4000);
});
