/** Rows in the order of one of their columns. */

export type Direction = "ascending" | "descending";
export type Sortable = string | number | null;

export interface Sort<Name extends string = string> {
  readonly column: Name;
  readonly direction: Direction;
}

/** The rows by what `of` says of each: texts as people sort them (`Room 2` before `Room 10`), nothing always last. */
export function sorted<Row>(rows: readonly Row[], of: (row: Row) => Sortable, direction: Direction, locale?: string): readonly Row[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  const sign = direction === "ascending" ? 1 : -1;
  return rows.slice().sort((one, other) => {
    const [first, second] = [of(one), of(other)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * compared(first, second, collator);
  });
}

/** What a press on a column's heading asks for: this column, or its other direction when it leads already. */
export function pressed<Name extends string>(sort: Sort<Name> | null, column: Name): Sort<Name> {
  const turn = sort?.column === column && sort.direction === "ascending";
  return { column, direction: turn ? "descending" : "ascending" };
}

function compared(one: string | number, other: string | number, collator: Intl.Collator): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}
