import { expect, it } from "vitest";
import { Silence } from "./silence.ts";

const counted = "attendance_counted";

it("an open socket on which the regular counts stop is dead after fifteen seconds", () => {
  const silence = new Silence();
  for (const second of [0, 5, 10, 15]) silence.heard(counted, second * 1_000);
  expect(silence.isDead(30_000)).toBe(false);
  expect(silence.isDead(30_001)).toBe(true);
});

it("where nothing was ever regular, silence means nothing", () => {
  const silence = new Silence();
  silence.heard("welcomed", 0);
  silence.heard(counted, 1_000);
  expect(silence.isDead(600_000)).toBe(false);
});

it("a new socket begins anew", () => {
  const silence = new Silence();
  for (const second of [0, 5, 10, 15]) silence.heard(counted, second * 1_000);
  silence.reset();
  expect(silence.isDead(600_000)).toBe(false);
});
