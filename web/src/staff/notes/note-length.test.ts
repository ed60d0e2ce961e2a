import { expect, it } from "vitest";
import { NOTE_CHARACTERS, fullWords } from "./note-length.ts";

it("appears as soon as a note is full, and not before", () => {
  expect(fullWords("a".repeat(NOTE_CHARACTERS - 1))).toBe("");
  expect(fullWords("a".repeat(NOTE_CHARACTERS))).toContain("This note is full");
});
