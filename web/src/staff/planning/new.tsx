import { useState } from "preact/hooks";
import { day, timeRange } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { SelectField } from "../../ui/forms/choices.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import type { Program, Session } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { titleOf } from "../../words.ts";
import { calls as programCalls } from "../programs/calls.ts";
import { go, rosterPath, SESSIONS_PATH } from "../router.ts";
import { SessionForm } from "./session-form.tsx";

/** Plan one session by hand. */
export function NewSession() {
  const [loaded, again] = useLoaded("programs", programCalls.programs);
  return (
    <div class="stack narrow">
      <PageHead title={staffWords.planning.new} lead={staffWords.planning.newLead} />
      <Listed loaded={loaded} again={again} waiting={staffWords.planning.fetching} empty={staffWords.planning.noProgram}>
        {(programs) => <OfProgram programs={programs} />}
      </Listed>
    </div>
  );
}

function show(session: Session): void {
  const zone = { zone: session.timezone };
  toast(staffWords.planning.planned(titleOf(session), `${day(session.starts, zone)}, ${timeRange(session.starts, session.ends, zone)}`));
  go(session.kind === "mutual_help" ? SESSIONS_PATH : rosterPath(session.id));
}

function OfProgram({ programs }: { readonly programs: readonly Program[] }) {
  const [program, setProgram] = useState(programs[0]?.id ?? "");
  if (program === "") return <Banner tone="warn">{staffWords.planning.noProgram}</Banner>;
  return (
    <>
      <SelectField
        label={staffWords.planning.program} required value={program} onChoose={setProgram}
        choices={programs.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SessionForm key={program} program={program} save={staffWords.planning.plan} onPlanned={show} />
    </>
  );
}
