import { useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { Phase } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { calls } from "./calls.ts";
import type { PartProps } from "./overview.tsx";
import { PhaseForm } from "./phase-form.tsx";
import { kindsSaid, requirementSaid } from "./words.ts";

type Editing = { readonly phase: Phase | null } | null;

/** The phases in their order: what each asks of a week, since when, and which kinds count. */
export function Phases({ program, changes }: PartProps) {
  const [loaded, again] = useLoaded(`phases ${program.id}`, () => calls.phases(program.id));
  const [editing, setEditing] = useState<Editing>(null);
  if (loaded.is === "loading") return <Wait>{staffWords.programs.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  const done = () => {
    setEditing(null);
    again();
  };
  const move = async (phase: Phase, by: number) => {
    await calls.describePhase(phase.id, { name: phase.name, usual_weeks: phase.usual_weeks, position: phase.position + by });
    again();
  };
  return (
    <div class="stack">
      {loaded.value.length === 0 && <p class="card">{staffWords.programs.noPhases}</p>}
      {loaded.value.map((phase, index) => (
        <section class="card stack-tight" key={phase.id} aria-labelledby={`phase-${phase.id}`}>
          <h2 id={`phase-${phase.id}`}>{phase.name}</h2>
          {phase.usual_weeks !== null && <p class="soft">{staffWords.programs.usually(phase.usual_weeks)}</p>}
          <Numbers phase={phase} />
          {changes && (
            <div class="row">
              <Button onPress={() => setEditing({ phase })}>{staffWords.programs.changeNumbers}</Button>
              {index > 0 && <Button aria-label={staffWords.programs.earlier(phase.name)} onPress={() => void move(phase, -1)}>{staffWords.programs.up}</Button>}
              {index < loaded.value.length - 1 && <Button aria-label={staffWords.programs.later(phase.name)} onPress={() => void move(phase, 1)}>{staffWords.programs.down}</Button>}
            </div>
          )}
          {editing?.phase?.id === phase.id && <PhaseForm program={program} phase={phase} onDone={done} onCancel={() => setEditing(null)} />}
        </section>
      ))}
      {changes && editing?.phase !== null && (
        <div class="row">
          <Button kind="main" onPress={() => setEditing({ phase: null })}>{staffWords.programs.addPhase}</Button>
        </div>
      )}
      {editing !== null && editing.phase === null && (
        <PhaseForm
          program={program} phase={null} onCancel={() => setEditing(null)}
          onDone={() => {
            toast(staffWords.programs.saved);
            done();
          }}
        />
      )}
    </div>
  );
}

/** The dated list of what a phase asks; the days before stay readable. */
function Numbers({ phase }: { readonly phase: Phase }) {
  return (
    <ul class="bullets">
      {phase.requirements.map((required, index) => (
        <li key={index}>
          {staffWords.programs.since(dayOf(required.from_on), requirementSaid(required))}
          <span class="block small soft">{staffWords.programs.counts(kindsSaid(required.kinds))}</span>
        </li>
      ))}
    </ul>
  );
}
