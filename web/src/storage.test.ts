import { afterEach, expect, it } from "vitest";
import { comeBack } from "./storage.ts";

afterEach(() => sessionStorage.clear());

it("what cannot be read back counts as nothing", () => {
  sessionStorage.setItem("vesper.return", "{broken");
  expect(comeBack.read()).toBeNull();
});
