import { expect, it } from "vitest";
import { Silence } from "./silence.ts";

it("an open socket on which an answer is owed for more than nine seconds is dead", () => {
  const silence = new Silence();
  silence.asked(1_000);
  silence.asked(6_000);
  expect(silence.isDead(10_000)).toBe(false);
  expect(silence.isDead(10_001)).toBe(true);
});

it("anything that arrives is a sign of life", () => {
  const silence = new Silence();
  silence.asked(0);
  silence.heard();
  expect(silence.isDead(600_000)).toBe(false);
});

it("a tab that sent nothing, such as a sleeping one, waits for nothing", () => {
  expect(new Silence().isDead(600_000)).toBe(false);
});
