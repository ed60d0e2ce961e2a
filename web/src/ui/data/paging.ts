/** One page of many rows. */

export interface Page {
  /** Counted from 1. */
  readonly number: number;
  readonly pages: number;
  /** Rows on a full page. */
  readonly size: number;
  /** The first and last row on the page, counted from 1; both 0 without rows. */
  readonly first: number;
  readonly last: number;
  readonly all: number;
}

/** The page with this number, or the nearest one: rows may have been removed since. */
export function pageAt(number: number, size: number, all: number): Page {
  const pages = Math.max(1, Math.ceil(all / size));
  const shown = Math.min(Math.max(1, number), pages);
  const first = all === 0 ? 0 : (shown - 1) * size + 1;
  return { number: shown, pages, size, first, last: Math.min(all, shown * size), all };
}

/** Its rows. */
export function rowsOn<Row>(rows: readonly Row[], page: Page): readonly Row[] {
  return page.all === 0 ? [] : rows.slice(page.first - 1, page.last);
}
