import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { ClientImport, Preview, PreviewColumn, PreviewLine, Wrong } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { transferApi } from "./api.ts";

interface Props {
  readonly file: ClientImport;
  readonly preview: Preview;
  readonly onApply: (file: ClientImport) => void;
}

/** What a file would do: how many of each, what is wrong, and its first lines as they would be. */
export function PreviewOf({ file, preview, onApply }: Props) {
  return (
    <section class="stack" aria-label={staffWords.transfer.found}>
      <h2>{staffWords.transfer.found}</h2>
      <dl class="transfer-counts">
        <Count label={staffWords.transfer.wouldAdd} count={preview.new} />
        <Count label={staffWords.transfer.wouldChange} count={preview.changed} />
        <Count label={staffWords.transfer.wouldLeave} count={preview.unchanged} />
        <Count label={staffWords.transfer.wouldRefuse} count={preview.wrong_lines} bad={preview.wrong_lines > 0} />
      </dl>
      {preview.encoding === null && <Banner tone="warn">{staffWords.transfer.guessed}</Banner>}
      {preview.same_names > 0 && (
        <Banner tone="warn">{staffWords.transfer.sameNames(preview.same_names, preview.same_name_lines.slice(0, 5).join(", "))}</Banner>
      )}
      {preview.wrong_lines > 0 ? <WrongLines preview={preview} /> : <Apply file={file} preview={preview} onApply={onApply} />}
      {preview.lines.length > 0 && (
        <Table caption={staffWords.transfer.preview} columns={lineColumns()} rows={preview.lines} keyOf={({ line }) => String(line)} />
      )}
      <details>
        <summary>{staffWords.transfer.columns}</summary>
        <Table caption={staffWords.transfer.columns} unseenCaption columns={columnColumns()} rows={preview.columns} keyOf={({ header }) => header} />
      </details>
    </section>
  );
}

function Count({ label, count, bad = false }: { readonly label: string; readonly count: number; readonly bad?: boolean }) {
  return (
    <div class={bad ? "bad" : ""}>
      <dt>{label}</dt>
      <dd>{count}</dd>
    </div>
  );
}

function WrongLines({ preview }: { readonly preview: Preview }) {
  return (
    <>
      <Banner tone="bad">
        <strong>{staffWords.transfer.wrongTitle(preview.wrong_lines)}</strong>
        <br />
        {staffWords.transfer.wrongMeans}
      </Banner>
      <Table caption={staffWords.transfer.wrongTable} columns={wrongColumns()} rows={preview.wrong} keyOf={({ line, column, sentence }) => `${line} ${column} ${sentence}`} />
    </>
  );
}

function Apply({ file, preview, onApply }: Props) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  if (preview.new + preview.changed === 0) return <Banner>{staffWords.transfer.nothingToDo}</Banner>;
  const apply = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      onApply(await transferApi.apply(file.id));
    } catch (error) {
      setTrouble(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <div class="stack">
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div>
        <Button kind="main" busy={busy} busyWords={staffWords.transfer.applying} onPress={apply}>
          {applyWord(preview)}
        </Button>
      </div>
    </div>
  );
}

function applyWord({ new: added, changed }: Preview): string {
  if (changed === 0) return staffWords.transfer.applyNew(added);
  return added === 0 ? staffWords.transfer.applyChanged(changed) : staffWords.transfer.applyBoth(added, changed);
}

const lineColumns = (): readonly Column<PreviewLine>[] => [
  { name: "name", label: staffWords.transfer.name, cell: ({ name }) => <bdi>{name}</bdi> },
  { name: "what", label: staffWords.transfer.what, cell: ({ what }) => <span class={`badge ${what === "new" ? "good" : ""}`}>{staffWords.transfer.whatWords[what]}</span> },
  { name: "alias", label: staffWords.transfer.alias, cell: ({ alias }) => <bdi>{alias ?? "–"}</bdi> },
  { name: "id", label: staffWords.transfer.externalId, cell: ({ external_id }) => <bdi class="long-word">{external_id}</bdi> },
  { name: "fields", label: staffWords.transfer.fields, cell: ({ fields }) => fields.map((field) => staffWords.transfer.changeWords[field] ?? field).join(", ") || "–" },
  { name: "line", label: staffWords.transfer.line, cell: ({ line }) => line, numeric: true },
];

const wrongColumns = (): readonly Column<Wrong>[] => [
  { name: "line", label: staffWords.transfer.line, cell: ({ line }) => line },
  { name: "column", label: staffWords.transfer.column, cell: ({ column }) => <bdi>{column ?? staffWords.transfer.wholeLine}</bdi> },
  { name: "sentence", label: staffWords.transfer.problem, cell: ({ sentence }) => sentence },
];

const columnColumns = (): readonly Column<PreviewColumn>[] => [
  { name: "header", label: staffWords.transfer.header, cell: ({ header }) => <bdi>{header || "–"}</bdi> },
  { name: "field", label: staffWords.transfer.holds, cell: ({ field }) => (field === null ? staffWords.transfer.ignored : staffWords.transfer.fieldWords[field]) },
];
