import { expect, it } from "vitest";
import { languageOf, localeOf } from "./language.ts";

it("the pages use the first of the reader's languages that exists, else English", () => {
  expect(languageOf(["es-MX", "en-US"], null)).toBe("es");
  expect(languageOf(["de-DE", "en-GB", "es"], null)).toBe("en");
  expect(languageOf(["de-DE"], null)).toBe("en");
  expect(languageOf([], null)).toBe("en");
});

it("a choice overrides the browser's languages, and an unknown one is ignored", () => {
  expect(languageOf(["en-US"], "es")).toBe("es");
  expect(languageOf(["es-MX"], "de")).toBe("es");
});

it("dates and times follow the reader's variety of English", () => {
  expect(localeOf(["de-DE", "en-GB"])).toBe("en-GB");
  expect(localeOf(["de-DE"])).toBe("en-US");
});

it("clocks follow the reader's own Spanish", () => {
  expect(localeOf(["en-GB", "es-MX"], "es")).toBe("es-MX");
  expect(localeOf(["en-GB"], "es")).toBe("es-US");
});
