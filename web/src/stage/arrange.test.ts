import { describe, expect, it } from "vitest";
import { arrange } from "./arrange.ts";

const LAPTOP = [1_256, 640] as const;
const PHONE = [351, 560] as const;

describe("the grid", () => {
  it.each([
    [1, 1, 1], [2, 2, 1], [4, 2, 2], [6, 3, 2], [9, 3, 3], [12, 4, 3], [15, 5, 3],
  ])("on a laptop shows %i people in %i columns and %i rows", (count, columns, rows) => {
    expect(arrange(count, ...LAPTOP)).toEqual({ columns, rows });
  });

  it.each([[1, 1, 1], [2, 1, 2], [4, 2, 2], [12, 3, 4], [15, 3, 5]])(
    "on a phone shows %i people in %i columns and %i rows",
    (count, columns, rows) => {
      expect(arrange(count, ...PHONE)).toEqual({ columns, rows });
    },
  );

  it("has a place for everybody in any space", () => {
    for (let count = 1; count <= 15; count += 1) {
      for (const [width, height] of [LAPTOP, PHONE, [900, 120], [200, 1_000]] as const) {
        const { columns, rows } = arrange(count, width, height);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
      }
    }
  });
});
