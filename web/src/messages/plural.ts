/** One of something, or more: as a language counts. */

export interface Forms {
  readonly one: string;
  readonly other: string;
}

/** What chooses the form for a count. Languages with more forms than two take the last for the rest. */
export function pluralOf(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => (rules.select(count) === "one" ? forms.one : forms.other);
}
