import { expect, it } from "vitest";
import { knownByWord } from "./reasons.ts";

it("says of the edge of a break whether it began or ended there", () => {
  expect(["break", "break", "admitted"].map((known, at) => knownByWord(known, at === 0))).toEqual([
    "the break began", "the break ended", "they were let in",
  ]);
});
