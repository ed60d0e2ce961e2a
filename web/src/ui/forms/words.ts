/** The forms' own words. */

export const words = {
  optional: "optional",
  showPassword: "Show",
  hidePassword: "Hide",
  ofPassword: "password",
  working: "Working…",
  choose: "Choose…",
  openChoices: "Show suggestions",
  searching: "Searching…",
  nothingFound: "Nothing fits. Try fewer letters.",
  cannotSearch: "The search did not work. Check your connection, then type again.",
  notInList: (typed: string) => `“${typed}” is not in the list. Choose one of the suggestions.`,
  found: (count: number) => (count === 1 ? "1 suggestion" : `${count} suggestions`),
  foundMore: (shown: number) => `The first ${shown} suggestions. Type more to narrow them down.`,
  pleaseCorrect: (count: number) => (count === 1 ? "One answer needs your attention" : `${count} answers need your attention`),
} as const;
