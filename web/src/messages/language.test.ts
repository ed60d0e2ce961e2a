import { expect, it } from "vitest";
import { languageOf, localeOf } from "./language.ts";

it("the pages speak the first of the reader's languages that there is, else English", () => {
  expect(languageOf(["es-MX", "en-US"], null)).toBe("es");
  expect(languageOf(["de-DE", "en-GB", "es"], null)).toBe("en");
  expect(languageOf(["de-DE"], null)).toBe("en");
  expect(languageOf([], null)).toBe("en");
});

it("a choice stands above the browser's languages, and one that there is not is none", () => {
  expect(languageOf(["en-US"], "es")).toBe("es");
  expect(languageOf(["es-MX"], "de")).toBe("es");
});

it("follow the reader's English, and nobody else's language", () => {
  expect(localeOf(["de-DE", "en-GB"])).toBe("en-GB");
  expect(localeOf(["de-DE"])).toBe("en-US");
});

it("clocks follow the reader's own Spanish", () => {
  expect(localeOf(["en-GB", "es-MX"], "es")).toBe("es-MX");
  expect(localeOf(["en-GB"], "es")).toBe("es-US");
});
