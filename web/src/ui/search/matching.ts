/** The options of a list that fit the typed text. */

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Distinguishes two options with the same label; searched as well. */
  readonly detail?: string;
  readonly disabled?: boolean;
}

/** Options in which every typed word begins some word; options whose label begins with the text come first. */
export function matching<Each extends Option>(options: readonly Each[], typed: string): readonly Each[] {
  const text = folded(typed);
  if (text === "") return options;
  const wanted = text.split(" ");
  const fits = options.filter((option) => {
    const words = folded(`${option.label} ${option.detail ?? ""}`).split(" ");
    return wanted.every((word) => words.some((each) => each.startsWith(word)));
  });
  const first = fits.filter((option) => folded(option.label).startsWith(text));
  return [...first, ...fits.filter((option) => !first.includes(option))];
}

/** The only option with this label, ignoring case and accents. */
export function exactly<Each extends Option>(options: readonly Each[], typed: string): Each | null {
  const same = options.filter((option) => folded(option.label) === folded(typed));
  return same.length === 1 ? (same[0] ?? null) : null;
}

function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
