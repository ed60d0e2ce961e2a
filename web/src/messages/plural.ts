/** Singular and plural forms, by the language's rules. */

export interface Forms {
  readonly one: string;
  readonly other: string;
}

/** Chooses the form for a count. Languages with more than two forms use the last for the rest. */
export function pluralOf(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => (rules.select(count) === "one" ? forms.one : forms.other);
}
