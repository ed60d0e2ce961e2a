import { locale, staffWords } from "../../messages/words.ts";

/** The most characters of a note, as the service takes them. */
export const NOTE_CHARACTERS = 48_000;

/** What to say beside a full note: a browser drops what is typed or pasted beyond the limit without a word. */
export function fullWords(text: string): string {
  return text.length < NOTE_CHARACTERS ? "" : ` · ${staffWords.notes.full(NOTE_CHARACTERS.toLocaleString(locale()))}`;
}
