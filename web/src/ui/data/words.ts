/** The words of tables and pages of rows. */

export const words = {
  sortBy: "Sort by",
  ascending: "ascending",
  descending: "descending",
  sorted: (column: string, direction: string) => `Sorted by ${column}, ${direction}`,
  reverse: "Reverse the order",
  pagesOf: (caption: string) => `Pages of ${caption}`,
  previous: "Previous",
  next: "Next",
  range: (first: number, last: number, all: number) => `${first} to ${last} of ${all}`,
  rows: (range: string) => `Rows ${range}`,
  fetching: (caption: string) => `Fetching ${caption}…`,
} as const;
