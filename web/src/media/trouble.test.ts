import { expect, it } from "vitest";
import { troubleOf } from "./trouble.ts";

it.each([
  ["NotAllowedError", "denied"], ["NotFoundError", "missing"], ["OverconstrainedError", "missing"],
  ["NotReadableError", "busy"], ["AbortError", "busy"],
])("%s means that the device is %s", (name, trouble) => {
  expect(troubleOf(new DOMException("", name))).toBe(trouble);
});

it.each([
  ["OverconstrainedError", "missing"], ["NotFoundError", "missing"], ["NotAllowedError", "denied"],
])("%s means the same where it is no DOMException, as in Firefox and Safari", (name, trouble) => {
  expect(troubleOf({ name, message: "", constraint: "frameRate" })).toBe(trouble);
});

it.each([null, undefined, "NotFoundError", 7])("%s, thrown by whom ever, is no reason to fail", (thrown) => {
  expect(troubleOf(thrown)).toBe("busy");
});

it("a browser without devices at all is named as what it is", () => {
  expect(troubleOf(new TypeError("undefined"))).toBe("unsupported");
});
