import { useState } from "preact/hooks";
import { locale } from "../../messages/words.ts";
import { type Page, pageAt, rowsOn } from "./paging.ts";
import { type Sort, sorted } from "./sorting.ts";
import type { Column } from "./table.tsx";

export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly sort: Sort | null;
  readonly page: Page;
  readonly onSort: (sort: Sort) => void;
  readonly onTurn: (number: number) => void;
}

const PAGE_SIZE = 25;

/** Rows that are all loaded, sorted and cut into pages; another order begins at the first page. */
export function useRows<Row>(all: readonly Row[], columns: readonly Column<Row>[], first: Sort | null, size = PAGE_SIZE): Rows<Row> {
  const [sort, setSort] = useState(first);
  const [number, setNumber] = useState(1);
  const of = columns.find((column) => column.name === sort?.column)?.sortsBy;
  const ordered = of === undefined || sort === null ? all : sorted(all, of, sort.direction, locale());
  const page = pageAt(number, size, all.length);
  const onSort = (next: Sort) => {
    setSort(next);
    setNumber(1);
  };
  return { rows: rowsOn(ordered, page), sort, page, onSort, onTurn: setNumber };
}
