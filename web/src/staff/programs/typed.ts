/** What people typed into one line, as the service takes it. */

/** "12" is 12; nothing is null; anything else stays what it is, for the service to refuse at its field. */
export function numberOf(typed: string): number | null {
  const trimmed = typed.trim();
  if (trimmed === "") return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : (trimmed as unknown as number);
}

/** "women, first responders" are two tags. */
export const tagsOf = (typed: string): readonly string[] => typed.split(",").map((tag) => tag.trim()).filter(Boolean);
