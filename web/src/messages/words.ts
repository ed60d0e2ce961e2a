/**
 * The words of the pages, in the language that is spoken. Whoever reads one while drawing follows the language: the page
 * is drawn again when it changes.
 */

import { signal } from "@preact/signals";
import type { client } from "./en/client.ts";
import type { staff } from "./en/staff.ts";
import { type Language, choice, languageOf, localeOf } from "./language.ts";

export type ClientWords = typeof client;
export type StaffWords = typeof staff;

/** How an app gets its words in each language; a browser loads those that it speaks. */
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

/** What both apps say. */
export const words = new Proxy({} as ClientWords, areas);
/** What staff's pages say, beside the rest. */
export const staffWords = words as StaffWords;

/** The language that is spoken. */
export function language(): Language {
  return spoken.value?.language ?? "en";
}

/** The language and its variety, for dates, times and numbers: `es-MX`. */
export function locale(): string {
  return localeOf(browserLanguages(), language());
}

/** Load and speak the reader's language; resolves when there are words. */
export async function begin(from: Catalogues): Promise<void> {
  catalogues = from;
  await load(languageOf(browserLanguages(), choice.read()));
}

/** Speak this language, and remember that it was chosen. */
export async function choose(next: Language): Promise<void> {
  choice.keep(next);
  await load(next);
}

/** Speak these words from now on. */
export function speak(next: Language, said: ClientWords): void {
  document.documentElement.lang = next;
  spoken.value = { language: next, words: said };
}

/**
 * A sentence that the service wrote, which writes English, or the page's own in another language. The service's may be
 * more exact than ours, which is made for all of its kind.
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
