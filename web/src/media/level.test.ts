import { expect, it } from "vitest";
import { levelOf } from "./level.ts";

it("silence is nothing, and nothing is louder than the top", () => {
  expect(levelOf([0, 0, 0])).toBe(0);
  expect(levelOf([1, -1, 1])).toBe(1);
  expect(levelOf([])).toBe(0);
});

it("a quiet voice moves the meter more than the noise of an empty room", () => {
  expect(levelOf([0.05, -0.05])).toBeGreaterThan(levelOf([0.005, -0.005]) * 5);
});
