import { expect, it } from "vitest";
import { numberOf, tagsOf } from "./typed.ts";

it("an empty line is no number", () => {
  expect([numberOf(" "), numberOf(" 12 "), numberOf("twelve")]).toEqual([null, 12, "twelve"]);
});

it("tags are divided by commas", () => {
  expect(tagsOf("women, first responders,,")).toEqual(["women", "first responders"]);
});
