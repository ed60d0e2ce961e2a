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
])("%s means the same as another kind of error, as in Firefox and Safari", (name, trouble) => {
  expect(troubleOf({ name, message: "", constraint: "frameRate" })).toBe(trouble);
});

it.each([null, undefined, "NotFoundError", 7])("%s, thrown by anything, causes no failure", (thrown) => {
  expect(troubleOf(thrown)).toBe("busy");
});

it("a browser without device support is reported as such", () => {
  expect(troubleOf(new TypeError("undefined"))).toBe("unsupported");
});
