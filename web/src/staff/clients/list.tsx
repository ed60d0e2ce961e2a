import { useEffect, useRef, useState } from "preact/hooks";
import { isolated } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { SearchField } from "../../ui/search/search-field.tsx";
import type { ClientRow } from "../../wire/api.gen.ts";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { clientPath, currentQuery } from "../router.ts";
import { type Filters, filtersIn, narrows } from "./filters.ts";
import { FilterFields } from "./filter-fields.tsx";
import { type Listing, useListing } from "./listing.ts";
import "./clients.css";

/** All clients, narrowed down by filters, which the address carries, and found as one types, which it does not. */
export function ClientList() {
  const { me } = useOffice();
  const [typed, setTyped] = useState("");
  const filters = filtersIn(currentQuery());
  const listing = useListing(typed, filters);
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.querySelector("input")?.focus(), []);
  const create = may(me, "clients.edit") && (
    <a class="button main" href="/clients/new">
      {staffWords.clients.create}
    </a>
  );
  return (
    <div class="stack">
      <PageHead title={staffWords.clients.title} actions={create} />
      <div class="client-search" ref={first}>
        <SearchField label={staffWords.clients.find} help={staffWords.clients.findHelp} value={typed} onInput={setTyped} />
        <FilterFields filters={filters} />
      </div>
      <Found listing={listing} typed={typed} filters={filters} />
    </div>
  );
}

const columns = (): readonly Column<ClientRow>[] => [
  {
    name: "name",
    label: staffWords.clients.name,
    cell: (row) => (
      <>
        <a href={row.guest_of === null ? clientPath(row.id) : `${clientPath(row.guest_of.id)}?part=guests`}>
          <PersonName name={row.name} distinction={row.distinction} />
        </a>
        {row.guest_of !== null && <span class="small soft"> {staffWords.clients.guestOf(isolated(row.guest_of.name))}</span>}
      </>
    ),
  },
  { name: "alias", label: staffWords.clients.alias, cell: ({ alias }) => (alias === null ? "–" : <bdi>{alias}</bdi>) },
  {
    name: "state",
    label: staffWords.clients.state,
    cell: ({ state, deactivated }) => (
      <span class={`badge ${state === "current" ? "good" : ""}`}>
        {deactivated ? staffWords.clients.off : staffWords.clients.stateWords[state]}
      </span>
    ),
  },
  {
    name: "programs",
    label: staffWords.clients.programs,
    cell: ({ programs }) => (programs.length === 0 ? <span class="soft">{staffWords.clients.noProgram}</span> : programs.join(", ")),
  },
  { name: "ids", label: staffWords.clients.ids, cell: ({ external_ids }) => <span class="long-word">{external_ids.join(", ") || "–"}</span> },
];

interface FoundProps {
  readonly listing: Listing;
  readonly typed: string;
  readonly filters: Filters;
}

function Found({ listing, typed, filters }: FoundProps) {
  const { rows, busy, failure, again, more } = listing;
  if (failure !== null) return <Failed sentence={failure} onAgain={again} />;
  if (rows === null) return <Wait>{staffWords.clients.fetching}</Wait>;
  if (rows.length === 0) {
    const narrowed = typed.trim() !== "" || narrows(filters);
    return (
      <p class="card" role="status">
        {narrowed ? staffWords.clients.nobodyFound : staffWords.clients.nobodyYet}
      </p>
    );
  }
  return (
    <div class="stack">
      <p class="unseen" role="status">
        {staffWords.clients.found(rows.length)}
      </p>
      <Table caption={staffWords.clients.table} unseenCaption columns={columns()} rows={rows} keyOf={({ id }) => id} busy={busy} />
      {more !== null && (
        <Button busy={busy} onPress={more}>
          {staffWords.clients.more}
        </Button>
      )}
    </div>
  );
}
