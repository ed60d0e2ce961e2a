import { ChevronLeft, ChevronRight } from "../../icons.ts";
import { announce } from "../announcer.tsx";
import type { Page } from "./paging.ts";
import { words } from "./words.ts";
import "./data.css";

interface Props {
  /** What the rows are. */
  readonly caption: string;
  readonly page: Page;
  readonly onTurn: (number: number) => void;
  /** The name of the page that was left stays under the keyboard. */
  readonly busy?: boolean;
}

/** To the pages before and after; which rows are shown is said when it changes. */
export function Pager({ caption, page, onTurn, busy = false }: Props) {
  if (page.pages === 1) return null;
  const range = words.range(page.first, page.last, page.all);
  const turn = (by: 1 | -1) => {
    const next = page.number + by;
    if (busy || next < 1 || next > page.pages) return;
    onTurn(next);
    const size = Math.ceil(page.all / page.pages);
    announce(words.rows(words.range((next - 1) * size + 1, Math.min(page.all, next * size), page.all)));
  };
  return (
    <nav class="pager no-print" aria-label={words.pagesOf(caption)}>
      <button type="button" class="button" aria-disabled={page.number === 1} onClick={() => turn(-1)}>
        <ChevronLeft aria-hidden="true" />
        {words.previous}
      </button>
      <span class="figure soft">{range}</span>
      <button type="button" class="button" aria-disabled={page.number === page.pages} onClick={() => turn(1)}>
        {words.next}
        <ChevronRight aria-hidden="true" />
      </button>
    </nav>
  );
}
