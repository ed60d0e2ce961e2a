import { staffWords } from "../../messages/words.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import type { Upcoming } from "../../wire/api.gen.ts";

/** How many of each kind of record are erased soon; kinds of which nothing is are left out. */
export function Next({ upcoming }: { readonly upcoming: readonly Upcoming[] }) {
  const some = upcoming.filter(({ in_90_days: soon }) => soon > 0);
  return (
    <section class="card stack" aria-labelledby="next">
      <h2 id="next">{staffWords.retention.next}</h2>
      <p class="soft">{some.length === 0 ? staffWords.retention.nothingNext : staffWords.retention.nextMeans}</p>
      {some.length > 0 && <Table caption={staffWords.retention.next} unseenCaption columns={COLUMNS()} rows={some} keyOf={({ record }) => record} />}
    </section>
  );
}

const COLUMNS = (): readonly Column<Upcoming>[] => [
  { name: "record", label: staffWords.retention.record, cell: ({ record }) => staffWords.retention.records[record] },
  { name: "30", label: staffWords.retention.in30, numeric: true, cell: ({ in_30_days: count }) => count.toLocaleString() },
  { name: "90", label: staffWords.retention.in90, numeric: true, cell: ({ in_90_days: count }) => count.toLocaleString() },
];
