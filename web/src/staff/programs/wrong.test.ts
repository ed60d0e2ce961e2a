import { expect, it } from "vitest";
import { RequestRefused } from "../../wire/request.ts";
import { wrongField } from "./wrong.ts";

const refused = (path: string | null) => ({ error: new RequestRefused("invalid_input", 422, "No.", path), sentence: "No.", field: null });

it("the last name in the path is the wrong field", () => {
  expect(wrongField(refused("$.name"))).toBe("name");
  expect(wrongField(refused("$.required.kinds[0]"))).toBe("kinds");
});

it("without a path no field is wrong", () => {
  expect(wrongField(refused(null))).toBeNull();
  expect(wrongField(null)).toBeNull();
});
