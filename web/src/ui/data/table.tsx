/* A table laid out as cards keeps its meaning only with explicit roles, which these rules report. */
/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { ArrowDown, ArrowUp, ArrowUpDown } from "../../icons.ts";
import { announce } from "../announcer.tsx";
import { pressed, type Sort, type Sortable } from "./sorting.ts";
import "./data.css";

export interface Column<Row> {
  readonly name: string;
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Makes the column sortable. */
  readonly sortsBy?: (row: Row) => Sortable;
  /** Numbers are aligned at the end of their cell. */
  readonly numeric?: boolean;
}

interface Props<Row> {
  /** What the rows are: the table's name, and its visible title unless it is `unseen`. */
  readonly caption: string;
  readonly unseenCaption?: boolean;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  /** The number of placeholder lines while rows are fetched for the first time. */
  readonly standIns?: number;
  /** Whether the rows are being fetched again; the shown ones may be old. */
  readonly busy?: boolean;
}

/**
 * A table that becomes a list of cards in a narrow space.
 *
 * The roles are written out because a table that is laid out otherwise is no table any more to some screen readers.
 */
export function Table<Row>(props: Props<Row>) {
  const { caption, unseenCaption = false, columns, rows, keyOf, sort = null, onSort, standIns = 0, busy = false } = props;
  const turn = (column: Column<Row>) => {
    const next = pressed(sort, column.name);
    onSort?.(next);
    announce(staffWords.parts.data.sorted(column.label, staffWords.parts.data[next.direction]));
  };
  return (
    <div class="table-frame">
      {onSort !== undefined && <SortChoice columns={columns} sort={sort} onSort={onSort} />}
      <table role="table" class="table" aria-busy={busy || standIns > 0} data-busy={busy}>
        <caption class={unseenCaption ? "unseen" : ""}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Heading key={column.name} column={column} sort={sort} onTurn={onSort && (() => turn(column))} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map((column, place) => (
                <Cell key={column.name} column={column} row={row} first={place === 0} />
              ))}
            </tr>
          ))}
          {Array.from({ length: standIns }, (_, line) => (
            <tr key={line} class="stand-in" aria-hidden="true">
              {columns.map((column) => (
                <td key={column.name}>
                  <span class="skeleton">{column.label}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {standIns > 0 && (
        <p class="unseen" role="status">
          {staffWords.parts.data.fetching(caption)}
        </p>
      )}
    </div>
  );
}

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort | null;
  readonly onTurn: (() => void) | undefined;
}

function Heading<Row>({ column, sort, onTurn }: HeadingProps<Row>) {
  const direction = sort?.column === column.name ? sort.direction : undefined;
  const Icon = direction === undefined ? ArrowUpDown : direction === "ascending" ? ArrowUp : ArrowDown;
  const sortable = column.sortsBy !== undefined && onTurn !== undefined;
  return (
    <th role="columnheader" scope="col" class={column.numeric ? "numeric" : ""} {...(direction && { "aria-sort": direction })}>
      {sortable ? (
        <button type="button" class="sort" onClick={onTurn}>
          {column.label}
          <Icon aria-hidden="true" />
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly first: boolean;
}

function Cell<Row>({ column, row, first }: CellProps<Row>) {
  const kind = column.numeric ? "numeric" : "";
  if (first) {
    return (
      <th role="rowheader" scope="row" class={kind}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td role="cell" class={kind}>
      <span class="cell-label">
        {column.label}
      </span>
      <div class="cell">{column.cell(row)}</div>
    </td>
  );
}

interface ChoiceProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort) => void;
}

/** Cards have no headings to press, so a list sorts them. */
function SortChoice<Row>({ columns, sort, onSort }: ChoiceProps<Row>) {
  const id = useId();
  const sortable = columns.filter((column) => column.sortsBy !== undefined);
  const Icon = sort?.direction === "descending" ? ArrowDown : ArrowUp;
  const reverse = () => sort !== null && onSort(pressed(sort, sort.column));
  return (
    <div class="sort-choice no-print">
      <label for={id}>{staffWords.parts.data.sortBy}</label>
      <select
        id={id}
        class="select"
        value={sort?.column ?? ""}
        onChange={(event) => onSort({ column: event.currentTarget.value, direction: "ascending" })}
      >
        {sort === null && <option value="">–</option>}
        {sortable.map((column) => (
          <option key={column.name} value={column.name}>
            {column.label}
          </option>
        ))}
      </select>
      <button type="button" class="button" aria-label={staffWords.parts.data.reverse} disabled={sort === null} onClick={reverse}>
        <Icon aria-hidden="true" />
      </button>
    </div>
  );
}
