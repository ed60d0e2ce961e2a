import { afterEach, expect, it } from "vitest";
import { staff as english } from "./en/staff.ts";
import { staff as spanish } from "./es/staff.ts";
import { choice } from "./language.ts";
import { inOurWords, refusalSentence } from "./refusals.ts";
import { begin, choose, language, locale, speak, words } from "./words.ts";

let loaded: string[] = [];
const catalogues = {
  en: async () => (loaded.push("en"), english),
  es: async () => (loaded.push("es"), spanish),
};

afterEach(() => {
  choice.forget();
  loaded = [];
  speak("en", english);
});

it("a page loads the one language that it speaks, and another when somebody chooses it", async () => {
  await begin(catalogues);
  expect([words.room.leave, loaded]).toEqual(["Leave", ["en"]]);
  await choose("es");
  expect([words.room.leave, language(), locale(), loaded]).toEqual(["Salir", "es", "es-US", ["en", "es"]]);
  expect(document.documentElement.lang).toBe("es");
});

it("a language once chosen is spoken from the start", async () => {
  choice.keep("es");
  await begin(catalogues);
  expect([words.room.leave, loaded]).toEqual(["Salir", ["es"]]);
});

it("what the service refuses is said in Spanish by its code, and in English as the service says it", () => {
  expect(refusalSentence("forbidden", "You cannot send yourself out.")).toBe("You cannot send yourself out.");
  speak("es", spanish);
  expect(refusalSentence("forbidden", "You cannot send yourself out.")).toBe("Su función no permite hacer esto.");
  expect(refusalSentence("of_tomorrow", "Not known yet.")).toBe("Not known yet.");
});

it("a node's last words are said by what was lost, else by their cause", () => {
  speak("es", spanish);
  const dismissed = { type: "dismissed", cause: "withdrawn", sentence: "Out." } as const;
  expect(inOurWords({ ...dismissed, why: "link_revoked" })).toMatchObject({ sentence: spanish.refusals.link_revoked });
  expect(inOurWords({ ...dismissed, why: null })).toMatchObject({ sentence: spanish.refusals.withdrawn });
});
