import { dateAt } from "../../../format.ts";
import { staffWords } from "../../../messages/words.ts";
import { Wait } from "../../../ui/banner.tsx";
import { type Column, Table } from "../../../ui/data/table.tsx";
import type { ConsentView } from "../../../wire/api.gen.ts";
import { useLoaded } from "../../../wire/loaded.ts";
import { NotShown } from "../../not-shown.tsx";
import { clientsApi } from "../api.ts";
import type { TabProps } from "../tabs.ts";

/** To whom the client's record may go, for what, and until when. */
export function ConsentsPart({ client }: TabProps) {
  const [loaded, again] = useLoaded(`consents ${client.id}`, () => clientsApi.consents(client.id));
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.clientParts.consents.fetching}</Wait>;
  if (loaded.value.length === 0) return <p class="card">{staffWords.clientParts.consents.noneYet}</p>;
  return <Table caption={staffWords.clients.tabs.consents} unseenCaption columns={columns()} rows={loaded.value} keyOf={({ id }) => id} />;
}

const columns = (): readonly Column<ConsentView>[] => [
  { name: "to", label: staffWords.clientParts.consents.to, cell: ({ recipient }) => <bdi>{recipientOf(recipient)}</bdi> },
  {
    name: "what",
    label: staffWords.clientParts.consents.what,
    cell: ({ purpose, scopes }) =>
      scopes.length === 0 ? staffWords.clientParts.consents.purposes[purpose] : scopes.map((scope) => staffWords.clientParts.consents.scopes[scope]).join(", "),
  },
  { name: "since", label: staffWords.clientParts.consents.since, cell: ({ signed_at }) => dateAt(signed_at) },
  {
    name: "until",
    label: staffWords.clientParts.consents.until,
    cell: ({ expires_at }) => (expires_at === null ? staffWords.clientParts.consents.openEnd : dateAt(expires_at)),
  },
  {
    name: "stands",
    label: staffWords.clientParts.consents.now,
    cell: ({ stands, revoked_at }) => (
      <span class={`badge ${stands ? "good" : ""}`}>
        {stands ? staffWords.clientParts.consents.stands : revoked_at === null ? staffWords.clientParts.consents.over : staffWords.clientParts.consents.revoked(dateAt(revoked_at))}
      </span>
    ),
  },
];

function recipientOf(recipient: string | null): string {
  if (recipient === null) return staffWords.clientParts.consents.somebodyClose;
  return recipient === "any" ? staffWords.clientParts.consents.anybody : recipient;
}
