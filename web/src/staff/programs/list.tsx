import { staffWords } from "../../messages/words.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import type { Program } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { calls } from "./calls.ts";
import { programPath, takes } from "./words.ts";

const columns = (): readonly Column<Program>[] => [
  { name: "name", label: staffWords.programs.name, cell: ({ id, name }) => <a href={programPath(id)}>{name}</a> },
  { name: "takes", label: staffWords.programs.capacity, cell: takes },
  { name: "tags", label: staffWords.programs.tags, cell: ({ tags }) => tags.join(", ") || staffWords.programs.anybody },
  { name: "zone", label: staffWords.programs.zone, cell: ({ timezone }) => timezone },
];

/** The clinic's programs. */
export function ProgramList() {
  const { me } = useOffice();
  const [loaded, again] = useLoaded("programs", calls.programs, { whenSeen: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const add = (
    <a class="button main" href="/programs/new">
      {staffWords.programs.add}
    </a>
  );
  return (
    <div class="stack">
      <PageHead title={staffWords.programs.title} lead={staffWords.programs.lead} actions={may(me, "programs.manage") ? add : undefined} />
      <Listed loaded={loaded} again={again} waiting={staffWords.programs.fetching} empty={staffWords.programs.none}>
        {(programs) => <Table caption={staffWords.programs.title} unseenCaption columns={columns()} rows={programs} keyOf={({ id }) => id} />}
      </Listed>
    </div>
  );
}
