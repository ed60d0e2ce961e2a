import { describe, expect, it } from "vitest";
import { exactly, matching } from "./matching.ts";

const PEOPLE = [
  { value: "1", label: "Ana Núñez", detail: "Evening group" },
  { value: "2", label: "Pat Morrow", detail: "Evening group" },
  { value: "3", label: "Morgan Patel", detail: "Family" },
  { value: "4", label: "Pat Morrow", detail: "Morning group" },
];
const found = (typed: string) => matching(PEOPLE, typed).map(({ value }) => value);

describe("search as you type", () => {
  it("finds by the beginning of any word, in any order", () => {
    expect(found("mor pat")).toEqual(["2", "3", "4"]);
    expect(found("rrow")).toEqual([]);
  });
  it("puts first the options whose label begins with it", () => expect(found("pat")).toEqual(["2", "4", "3"]));
  it("ignores accents and case", () => expect(found("nunez")).toEqual(["1"]));
  it("finds by the detail too", () => expect(found("pat morning")).toEqual(["4"]));
  it("shows all when nothing is typed", () => expect(found(" ")).toEqual(["1", "2", "3", "4"]));
});

describe("a label typed whole", () => {
  it("is its option", () => expect(exactly(PEOPLE, "ana nunez")?.value).toBe("1"));
  it("is no option's when two have it", () => expect(exactly(PEOPLE, "Pat Morrow")).toBeNull());
});
