import { expect, test } from "vitest";
import { EVER, instantsOf, isBackwards } from "./days.ts";

test("the last day is counted whole", () => {
  const { from, to } = instantsOf({ from: "2026-11-23", to: "2026-11-23" });
  expect(new Date(from ?? 0)).toEqual(new Date(2026, 10, 23));
  expect(new Date(to ?? 0)).toEqual(new Date(2026, 10, 24));
});

test("a day that is left out bounds nothing", () => {
  expect(instantsOf(EVER)).toEqual({});
  expect(Object.keys(instantsOf({ from: null, to: "2026-11-23" }))).toEqual(["to"]);
});

test("the last day may be the first, and not come before it", () => {
  expect(isBackwards({ from: "2026-11-23", to: "2026-11-23" })).toBe(false);
  expect(isBackwards({ from: "2026-11-24", to: "2026-11-23" })).toBe(true);
  expect(isBackwards({ from: null, to: "2026-11-23" })).toBe(false);
});
