import { afterEach, expect, it } from "vitest";
import { comeBack } from "./storage.ts";

afterEach(() => sessionStorage.clear());

it("a value that cannot be read back counts as absent", () => {
  sessionStorage.setItem("vesper.return", "{broken");
  expect(comeBack.read()).toBeNull();
});
