/**
 * The words of the pages, in the current language. A component that reads one while rendering is rendered again when the
 * language changes.
 */

import { signal } from "@preact/signals";
import type { client } from "./en/client.ts";
import type { staff } from "./en/staff.ts";
import { type Language, choice, languageOf, localeOf } from "./language.ts";

export type ClientWords = typeof client;
export type StaffWords = typeof staff;

/** Loads an app's words in each language; a browser loads only the language that it uses. */
export type Catalogues = Readonly<Record<Language, () => Promise<ClientWords>>>;

interface Spoken {
  readonly language: Language;
  readonly words: ClientWords;
}

const spoken = signal<Spoken | null>(null);
let catalogues: Catalogues | null = null;

const areas: ProxyHandler<ClientWords> = {
  get: (_, area) => {
    if (spoken.value === null) throw new Error("No language is spoken yet.");
    return spoken.value.words[area as keyof ClientWords];
  },
};

/** The words of both apps. */
export const words = new Proxy({} as ClientWords, areas);
/** The further words of staff pages. */
export const staffWords = words as StaffWords;

/** The current language. */
export function language(): Language {
  return spoken.value?.language ?? "en";
}

/** The language and its variety, for dates, times and numbers: `es-MX`. */
export function locale(): string {
  return localeOf(browserLanguages(), language());
}

/** Load and use the reader's language; resolves when its words are loaded. */
export async function begin(from: Catalogues): Promise<void> {
  catalogues = from;
  await load(languageOf(browserLanguages(), choice.read()));
}

/** Use this language, and remember the choice. */
export async function choose(next: Language): Promise<void> {
  choice.keep(next);
  await load(next);
}

/** Use these words from now on. */
export function speak(next: Language, said: ClientWords): void {
  document.documentElement.lang = next;
  spoken.value = { language: next, words: said };
}

/**
 * The service's own sentence in English, or the page's in another language. The service's may be more exact, because the
 * page has one sentence for each code.
 */
export function ofService(sentence: string, own: string | undefined): string {
  return language() === "en" ? sentence : (own ?? sentence);
}

async function load(next: Language): Promise<void> {
  const loading = catalogues?.[next]();
  if (loading !== undefined) speak(next, await loading);
}

function browserLanguages(): readonly string[] {
  return globalThis.navigator?.languages ?? [];
}
