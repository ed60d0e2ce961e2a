import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { Pager } from "./pager.tsx";
import { useRows } from "./rows.ts";
import { type Column, Table } from "./table.tsx";

interface Group {
  readonly name: string;
  readonly hours: number;
}

const GROUPS: readonly Group[] = Array.from({ length: 12 }, (_, place) => ({ name: `Group ${place + 1}`, hours: 12 - place }));
const COLUMNS: readonly Column<Group>[] = [
  { name: "name", label: "Name", cell: ({ name }) => name, sortsBy: ({ name }) => name },
  { name: "hours", label: "Hours", numeric: true, cell: ({ hours }) => hours, sortsBy: ({ hours }) => hours },
];

function Groups() {
  const { rows, sort, page, onSort, onTurn } = useRows(GROUPS, COLUMNS, null, 5);
  return (
    <>
      <Table caption="Groups" columns={COLUMNS} rows={rows} keyOf={({ name }) => name} sort={sort} onSort={onSort} />
      <Pager caption="groups" page={page} onTurn={onTurn} />
    </>
  );
}

it("a table is sorted by its headings and paged by its pager; another order begins at the first page", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  await act(() => render(<Groups />, root));
  const first = () => root.querySelector("tbody th")?.textContent;
  const click = (words: string) => act(() => [...root.querySelectorAll("button")].find((each) => each.textContent === words)?.click());
  const sorts = () => [...root.querySelectorAll("thead th")].map((head) => head.getAttribute("aria-sort"));
  expect([first(), sorts()]).toEqual(["Group 1", [null, null]]);
  await click("Next");
  await click("Next");
  expect(first()).toBe("Group 11");
  await click("Next");
  expect(first()).toBe("Group 11");
  await click("Hours");
  expect([first(), sorts()]).toEqual(["Group 12", [null, "ascending"]]);
  await click("Hours");
  expect([first(), sorts()]).toEqual(["Group 1", [null, "descending"]]);
  await act(() => render(null, root));
  root.remove();
});
