import { describe, expect, it } from "vitest";
import { after, before, isDone, isLeft, nextStep, STEPS } from "./steps.ts";

const NOTHING = { second_factor: false, program: null, kinds: 0, leaders: 0, clients: 0, group: null };

describe("the steps of a first run", () => {
  it("lead forth and back", () => {
    for (const step of STEPS.slice(0, -1)) expect(before(STEPS.find((each) => after(step).endsWith(`/${each}`)) ?? "clinic")).toBe(`/first-run/${step}`);
    expect(before("second-step")).toBe("/first-run");
  });

  it("go on where somebody was", () => {
    expect(nextStep(NOTHING)).toBe("second-step");
    expect(nextStep({ ...NOTHING, second_factor: true })).toBe("clinic");
    expect(nextStep({ ...NOTHING, program: "a" })).toBe("team");
    expect(nextStep({ ...NOTHING, program: "a", leaders: 1 })).toBe("clients");
    expect(nextStep({ ...NOTHING, program: "a", leaders: 1, clients: 2 })).toBe("group");
    expect(nextStep({ ...NOTHING, program: "a", leaders: 1, clients: 2, group: "b" })).toBe("links");
  });

  it("are left until the clinic has what it needs, with or without a second step and kinds of its own", () => {
    expect(isLeft(NOTHING)).toBe(true);
    expect(isLeft({ ...NOTHING, program: "a", leaders: 1, clients: 2 })).toBe(true);
    expect(isLeft({ ...NOTHING, program: "a", leaders: 1, clients: 2, group: "b" })).toBe(false);
  });

  it("are done once the clinic has what they make", () => {
    expect(STEPS.filter((step) => isDone(step, { second_factor: true, program: "a", kinds: 1, leaders: 1, clients: 1, group: "b" }) === false)).toEqual([]);
    expect(isDone("links", NOTHING)).toBeNull();
  });
});
