import { expect, it } from "vitest";
import { pluralOf } from "./plural.ts";

const people = { one: "1 person", other: "people" };

it("agree in number", () => {
  expect(pluralOf("en")(1, people)).toBe("1 person");
  expect(pluralOf("en")(2, people)).toBe("people");
  expect(pluralOf("en")(0, people)).toBe("people");
});

it("a language with a form for millions takes the last for them", () => {
  expect(pluralOf("es")(1_000_000, people)).toBe("people");
});
