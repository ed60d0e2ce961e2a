import { describe, expect, it } from "vitest";
import { SHAPES, type ShapeName, shapesFor, timesOf } from "./shapes.ts";

const STARTS = "2026-12-01T23:00:00.000Z";

describe("the shape of a session", () => {
  it("lays an evening's parts one after the other", () => {
    expect(timesOf("evening", STARTS, "group")).toEqual({
      starts: STARTS,
      ends: "2026-12-02T02:15:00.000Z",
      blocks: [
        { kind: "group", start: STARTS, end: "2026-12-02T00:30:00.000Z" },
        { kind: "skills", start: "2026-12-02T00:45:00.000Z", end: "2026-12-02T02:15:00.000Z" },
      ],
      breaks: [["2026-12-02T00:30:00.000Z", "2026-12-02T00:45:00.000Z"]],
    });
  });

  it("of mutual help is only a time", () => {
    expect(shapesFor("group")).toEqual(Object.keys(SHAPES));
    expect(shapesFor("mutual_help")).toEqual(["two_hours", "ninety", "hour"]);
    expect(timesOf("hour", STARTS, "mutual_help")).toEqual({ starts: STARTS, ends: "2026-12-02T00:00:00.000Z", blocks: [], breaks: [] });
  });

  it("leaves no second without a block or a break", () => {
    for (const shape of Object.keys(SHAPES) as ShapeName[]) {
      const { starts, ends, blocks, breaks } = timesOf(shape, STARTS, "education");
      const edges = [...blocks.map(({ start, end }) => [start, end] as const), ...breaks].sort(([a], [b]) => a.localeCompare(b));
      expect([edges[0]?.[0], edges.at(-1)?.[1]]).toEqual([starts, ends]);
      for (const [index, [start]] of edges.entries()) if (index > 0) expect(start).toBe(edges[index - 1]?.[1]);
    }
  });
});
