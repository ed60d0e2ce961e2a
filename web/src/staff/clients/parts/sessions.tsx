import { dateAt, hms } from "../../../format.ts";
import { staffWords } from "../../../messages/words.ts";
import { Wait } from "../../../ui/banner.tsx";
import { type Column, Table } from "../../../ui/data/table.tsx";
import type { AttendedRow } from "../../../wire/api.gen.ts";
import { useLoaded } from "../../../wire/loaded.ts";
import { kindWord } from "../../../words.ts";
import { NotShown } from "../../not-shown.tsx";
import { attendancePath } from "../../router.ts";
import { clientsApi } from "../api.ts";
import type { TabProps } from "../tabs.ts";

/** What came of each of the client's sessions, the latest first. */
export function SessionsPart({ client }: TabProps) {
  const [loaded, again] = useLoaded(`sessions ${client.id}`, () => clientsApi.sessions(client.id));
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.clientParts.sessions.fetching}</Wait>;
  const { items, more } = loaded.value;
  if (items.length === 0) return <p class="card">{staffWords.clientParts.sessions.noneYet}</p>;
  return (
    <div class="stack">
      <Table caption={staffWords.clients.tabs.sessions} unseenCaption columns={columns()} rows={items} keyOf={({ session }) => session} />
      {more && <p class="small soft">{staffWords.clientParts.sessions.latest(items.length)}</p>}
    </div>
  );
}

const columns = (): readonly Column<AttendedRow>[] => [
  {
    name: "session",
    label: staffWords.clientParts.sessions.session,
    cell: (row) => (
      <a href={attendancePath(row.session)}>
        {dateAt(row.starts)} · {row.title || kindWord(row.kind)}
      </a>
    ),
  },
  { name: "program", label: staffWords.clients.program, cell: ({ program_name }) => program_name ?? "–" },
  {
    name: "status",
    label: staffWords.clientParts.sessions.outcome,
    cell: ({ status }) => (status === null ? staffWords.clientParts.sessions.runs : staffWords.codes.statuses[status]),
  },
  { name: "there", label: staffWords.clientParts.sessions.there, numeric: true, cell: ({ connected_s }) => hms(connected_s) },
  { name: "counted", label: staffWords.clientParts.hours.counted, numeric: true, cell: ({ credited_s }) => hms(credited_s) },
];
