import { dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import type { ErasedCount } from "../../wire/api.gen.ts";

/** What was erased, the latest day first: how many, and nothing about whom. */
export function Done({ done }: { readonly done: readonly ErasedCount[] }) {
  return (
    <section class="card stack" aria-labelledby="done">
      <h2 id="done">{staffWords.retention.done}</h2>
      <p class="soft">{done.length === 0 ? staffWords.retention.nothingDone : staffWords.retention.doneMeans}</p>
      {done.length > 0 && (
        <Table caption={staffWords.retention.done} unseenCaption columns={COLUMNS()} rows={done} keyOf={({ day, record }) => `${day} ${record}`} />
      )}
    </section>
  );
}

const COLUMNS = (): readonly Column<ErasedCount>[] => [
  { name: "day", label: staffWords.retention.day, cell: ({ day }) => dateOf(day) },
  { name: "record", label: staffWords.retention.record, cell: ({ record }) => staffWords.retention.records[record] },
  { name: "erased", label: staffWords.retention.howMany, numeric: true, cell: ({ erased }) => erased.toLocaleString() },
];
