import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Pager } from "../../ui/data/pager.tsx";
import { useRows } from "../../ui/data/rows.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import { matching } from "../../ui/search/matching.ts";
import { SearchField } from "../../ui/search/search-field.tsx";
import type { StaffMember } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { ExpiringLicences } from "../licences/expiring.tsx";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { staffPath } from "../router.ts";
import { rolesSaid, STATE_BADGES, stateWord } from "./words.ts";

/** Everybody who works in the clinic, with a search as one types. */
export function StaffList() {
  const { me } = useOffice();
  const [loaded, again] = useLoaded("staff", api.staff, { whenSeen: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  return (
    <div class="stack">
      <PageHead
        title={staffWords.people.title}
        lead={loaded.is === "there" ? staffWords.people.lead(loaded.value.length) : undefined}
        actions={
          may(me, "staff.manage") && (
            <a class="button main" href="/staff/invite">
              {staffWords.people.invite}
            </a>
          )
        }
      />
      <ExpiringLicences />
      <Listed loaded={loaded} again={again} waiting={staffWords.people.fetching} empty={staffWords.people.nobodyFound}>
        {(staff) => <Search staff={staff} />}
      </Listed>
    </div>
  );
}

const columns = (): readonly Column<StaffMember>[] => [
  { name: "name", label: staffWords.people.name, cell: (one) => <a href={staffPath(one.id)}><bdi>{one.name}</bdi></a>, sortsBy: (one) => one.name },
  { name: "roles", label: staffWords.people.roles, cell: rolesSaid, sortsBy: rolesSaid },
  {
    name: "state",
    label: staffWords.people.state,
    cell: ({ state }) => <span class={`badge ${STATE_BADGES[state]}`}>{stateWord(state)}</span>,
    sortsBy: ({ state }) => stateWord(state),
  },
  { name: "email", label: staffWords.people.email, cell: ({ email }) => <span class="long-word">{email}</span> },
];

function Search({ staff }: { readonly staff: ReadonlyArray<StaffMember> }) {
  const [typed, setTyped] = useState("");
  const options = staff.map((one) => ({ value: one.id, label: one.name, detail: `${one.email ?? ""} ${rolesSaid(one)}`, one }));
  const fitting = matching(options, typed).map(({ one }) => one);
  const { rows, sort, page, onSort, onTurn } = useRows(fitting, columns(), null);
  return (
    <div class="stack">
      <div class="narrow">
        <SearchField label={staffWords.people.find} help={staffWords.people.findHelp} value={typed} onInput={setTyped} />
      </div>
      {fitting.length === 0 ? (
        <p class="card" role="status">{staffWords.people.nobodyFound}</p>
      ) : (
        <Table caption={staffWords.people.table} unseenCaption columns={columns()} rows={rows} keyOf={({ id }) => id} sort={sort} onSort={onSort} />
      )}
      <Pager caption={staffWords.people.table} page={page} onTurn={onTurn} />
    </div>
  );
}
