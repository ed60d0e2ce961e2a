import { expect, it } from "vitest";
import { knownByWord } from "./reasons.ts";

it("says whether a break begins or ends at its edge", () => {
  expect(["break", "break", "admitted"].map((known, at) => knownByWord(known, at === 0))).toEqual([
    "the break began", "the break ended", "they were let in",
  ]);
});
