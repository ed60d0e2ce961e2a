/** Rows sorted by one of their columns. */

export type Direction = "ascending" | "descending";
export type Sortable = string | number | null;

export interface Sort<Name extends string = string> {
  readonly column: Name;
  readonly direction: Direction;
}

/** The rows sorted by `of` of each: text as people sort it (`Room 2` before `Room 10`), missing values last. */
export function sorted<Row>(rows: readonly Row[], of: (row: Row) => Sortable, direction: Direction, locale?: string): readonly Row[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  const sign = direction === "ascending" ? 1 : -1;
  return rows.slice().sort((one, other) => {
    const [first, second] = [of(one), of(other)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * compared(first, second, collator);
  });
}

/** The order after a press on a column's heading: that column, or the other direction if it is sorted by it already. */
export function pressed<Name extends string>(sort: Sort<Name> | null, column: Name): Sort<Name> {
  const turn = sort?.column === column && sort.direction === "ascending";
  return { column, direction: turn ? "descending" : "ascending" };
}

function compared(one: string | number, other: string | number, collator: Intl.Collator): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}
