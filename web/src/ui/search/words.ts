/** The words of search as you type. */

export const words = {
  openChoices: "Show suggestions",
  searching: "Searching…",
  nothingFound: "Nothing fits. Try fewer letters.",
  cannotSearch: "The search did not work. Check your connection, then type again.",
  notInList: (typed: string) => `“${typed}” is not in the list. Choose one of the suggestions.`,
  found: (count: number) => (count === 1 ? "1 suggestion" : `${count} suggestions`),
  foundMore: (shown: number) => `The first ${shown} suggestions. Type more to narrow them down.`,
} as const;
