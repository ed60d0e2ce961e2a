import { expect, it } from "vitest";
import { asked, filtersIn, narrows } from "./filters.ts";

const PROGRAM = "01a21f85-bdca-717a-8788-ebb0473c9e4c";

it("a link carries the filters there and back", () => {
  const filters = filtersIn(new URLSearchParams(`state=waiting&program=${PROGRAM}&sort=newest`));
  expect(filters).toEqual({ state: "waiting", program: PROGRAM, facilitator: null, sort: "newest" });
  expect(asked(filters)).toEqual({ state: "waiting", program: PROGRAM, facilitator: null, sort: "newest" });
});

it("what is no filter is left out", () => {
  const filters = filtersIn(new URLSearchParams("state=happy&program=Evening&text=Pat&sort=age"));
  expect(filters).toEqual({ state: null, program: null, facilitator: null, sort: "name" });
  expect(Object.values(asked(filters)).filter((value) => value !== null)).toEqual([]);
  expect(narrows(filters)).toBe(false);
});
