import { describe, expect, it } from "vitest";
import { share, ticks, timeTicks } from "./scale.ts";

const at = (time: string) => Date.parse(`2026-03-04T${time}:00Z`);

describe("the marks of an axis", () => {
  it.each([
    [13, [0, 5, 10, 15]], [9, [0, 2.5, 5, 7.5, 10]], [100, [0, 25, 50, 75, 100]], [0.8, [0, 0.2, 0.4, 0.6, 0.8]], [0, [0, 1]],
  ])("are round, and cover %s", (largest, expected) => expect(ticks(largest)).toEqual(expected));

  it("cover every size without crowding", () => {
    for (let largest = 0.1; largest < 5_000; largest *= 1.13) {
      const marks = ticks(largest);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(largest - 1e-6);
      expect(marks.length).toBeLessThanOrEqual(6);
    }
  });

  it("are full hours, or halves where there is room", () => {
    expect(timeTicks(at("18:05"), at("21:00")).map((each) => new Date(each).toISOString().slice(11, 16))).toEqual(
      ["18:30", "19:00", "19:30", "20:00", "20:30", "21:00"],
    );
    expect(timeTicks(at("18:00"), at("18:00"))).toEqual([at("18:00")]);
  });
});

it("a share is between nothing and all", () => {
  expect([share(1, 4), share(5, 4), share(-1, 4), share(1, 0)]).toEqual([0.25, 1, 0, 0]);
});
