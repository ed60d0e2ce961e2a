/** The language of the pages: the reader's choice, else the first of their browser's languages that exists. */

import { kept } from "../storage.ts";

export type Language = "en" | "es";

/** Each language in its own name. */
export const LANGUAGES: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

/** If a browser names no variety of the language: that of the product's country. */
const VARIETIES: Readonly<Record<Language, string>> = { en: "en-US", es: "es-US" };

/** The choice made in this browser, which is kept. */
export const choice = kept<string>(() => localStorage, "vesper.language");

/** English if neither the choice nor the browser names an existing language. */
export function languageOf(languages: readonly string[], chosen: string | null): Language {
  return [chosen ?? "", ...languages].map(known).find((language) => language !== null) ?? "en";
}

/** The reader's own variety of the language, so that clocks look familiar; else the American one. */
export function localeOf(languages: readonly string[], language: Language = "en"): string {
  return languages.find((each) => known(each) === language) ?? VARIETIES[language];
}

/** `es-MX` is `es`; null for an unknown language. */
function known(tag: string): Language | null {
  const [language = ""] = tag.toLowerCase().split("-");
  return language in LANGUAGES ? (language as Language) : null;
}
