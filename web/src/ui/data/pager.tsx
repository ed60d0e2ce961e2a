import { staffWords } from "../../messages/words.ts";
import { ChevronLeft, ChevronRight } from "../../icons.ts";
import { announce } from "../announcer.tsx";
import { type Page, pageAt } from "./paging.ts";
import "./data.css";

interface Props {
  /** What the rows are. */
  readonly caption: string;
  readonly page: Page;
  readonly onTurn: (number: number) => void;
  /** Whether another page is being fetched. */
  readonly busy?: boolean;
}

/** Buttons to the previous and next page; a change of the shown rows is read out. */
export function Pager({ caption, page, onTurn, busy = false }: Props) {
  if (page.pages === 1) return null;
  const range = staffWords.parts.data.range(page.first, page.last, page.all);
  const turn = (by: 1 | -1) => {
    const next = pageAt(page.number + by, page.size, page.all);
    if (busy || next.number === page.number) return;
    onTurn(next.number);
    announce(staffWords.parts.data.rows(staffWords.parts.data.range(next.first, next.last, next.all)));
  };
  return (
    <nav class="pager no-print" aria-label={staffWords.parts.data.pagesOf(caption)}>
      <button type="button" class="button" aria-disabled={page.number === 1} onClick={() => turn(-1)}>
        <ChevronLeft aria-hidden="true" />
        {staffWords.parts.data.previous}
      </button>
      <span class="figure soft">{range}</span>
      <button type="button" class="button" aria-disabled={page.number === page.pages} onClick={() => turn(1)}>
        {staffWords.parts.data.next}
        <ChevronRight aria-hidden="true" />
      </button>
    </nav>
  );
}
