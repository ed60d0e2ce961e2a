import { Pager } from "../ui/data/pager.tsx";
import { useRows } from "../ui/data/rows.ts";
import { type Column, Table } from "../ui/data/table.tsx";
import { PEOPLE, type Person } from "./people.ts";

const COLUMNS: readonly Column<Person>[] = [
  { name: "name", label: "Name", cell: ({ name }) => name, sortsBy: ({ name }) => name },
  { name: "group", label: "Group", cell: ({ group }) => group, sortsBy: ({ group }) => group },
  { name: "hours", label: "Hours", numeric: true, cell: ({ hours }) => hours?.toFixed(1) ?? "–", sortsBy: ({ hours }) => hours },
  {
    name: "links",
    label: "Record",
    cell: ({ name }) => (
      <a href="#tables">
        Open<span class="unseen"> the record of {name}</span>
      </a>
    ),
  },
];

export function TablesSection() {
  const { rows, sort, page, onSort, onTurn } = useRows(PEOPLE, COLUMNS, { column: "name", direction: "ascending" }, 10);
  return (
    <>
      <div class="card">
        <Table caption="People" columns={COLUMNS} rows={rows} keyOf={({ name }) => name} sort={sort} onSort={onSort} />
        <Pager caption="people" page={page} onTurn={onTurn} />
      </div>
      <div class="card">
        <Table caption="People, being fetched" columns={COLUMNS} rows={[]} keyOf={({ name }) => name} standIns={3} />
      </div>
      <div class="card">
        <Table caption="People, being fetched again" columns={COLUMNS} rows={PEOPLE.slice(0, 2)} keyOf={({ name }) => name} busy />
      </div>
    </>
  );
}
