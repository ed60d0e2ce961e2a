/** A time of day with its article: `las 6:42 p.m.`, `la 1:15 p.m.`. */
export function hour(at: string): string {
  return /^1\D/.test(at) ? `la ${at}` : `las ${at}`;
}

/** The same at the end of a sentence: where the hour ends in a full stop, that is the sentence's too. */
export function hourEnding(at: string): string {
  return `${hour(at)}.`.replace(/\.\.$/, ".");
}
