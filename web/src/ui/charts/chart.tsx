import type { ComponentChildren } from "preact";
import "./charts.css";

export interface ChartTable {
  readonly heads: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

interface Props {
  readonly title: string;
  /** The chart in a sentence, for those who do not see it. */
  readonly summary: string;
  readonly table: ChartTable;
  /** Behind a button if the table would be too long for the page; print shows it. */
  readonly folded?: string;
  readonly children: ComponentChildren;
}

/** A chart with its numbers in a table beside it, or below it in a narrow space. */
export function Chart({ title, summary, table, folded, children }: Props) {
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class="chart-sides" data-folded={folded !== undefined}>
        <div class="chart-picture" role="img" aria-label={`${title}. ${summary}`}>
          {children}
        </div>
        {folded === undefined ? (
          <Numbers title={title} table={table} />
        ) : (
          <details>
            <summary>{folded}</summary>
            <Numbers title={title} table={table} />
          </details>
        )}
      </div>
    </figure>
  );
}

function Numbers({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    <table class="chart-table">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {table.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row[0] ?? ""}>
            {row.map((cell, place) =>
              place === 0 ? (
                <th key={table.heads[place]} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={table.heads[place]}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
