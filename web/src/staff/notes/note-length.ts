import { locale, staffWords } from "../../messages/words.ts";

/** The most characters of a note that the service accepts. */
export const NOTE_CHARACTERS = 48_000;

/** The hint beside a full note, because a browser silently drops text beyond the limit. */
export function fullWords(text: string): string {
  return text.length < NOTE_CHARACTERS ? "" : ` · ${staffWords.notes.full(NOTE_CHARACTERS.toLocaleString(locale()))}`;
}
