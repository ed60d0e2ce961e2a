import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { Phase, Program } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { calls } from "./calls.ts";
import { numberOf, tagsOf } from "./typed.ts";
import { useWrong } from "./wrong.ts";
import { takes } from "./words.ts";

export interface PartProps {
  readonly program: Program;
  /** Whether the person may change programs. */
  readonly changes: boolean;
  readonly onChanged: () => void;
}

/** Who is in the program, by number, and what may change about it at any time. */
export function Overview({ program, changes, onChanged }: PartProps) {
  return (
    <div class="stack">
      <Occupied program={program} />
      {changes ? <Description program={program} onChanged={onChanged} /> : <p>{takes(program)}</p>}
      <p class="card soft">{staffWords.programs.mutualHelp}</p>
    </div>
  );
}

function Occupied({ program }: { readonly program: Program }) {
  const [occupancy] = useLoaded(`occupancy ${program.id}`, () => calls.occupancy(program.id), { whenSeen: true });
  const [phases] = useLoaded(`phases ${program.id}`, () => calls.phases(program.id));
  if (occupancy.is !== "there" || phases.is !== "there") return null;
  const nameOf = (id: string) => phases.value.find((phase: Phase) => phase.id === id)?.name ?? "";
  const { clients, capacity, phases: by } = occupancy.value;
  return (
    <section class="card stack-tight">
      <h2>{staffWords.programs.inIt(clients, capacity)}</h2>
      <ul class="bullets">
        {by.map(({ phase, clients: there }) => (
          <li key={phase}>{staffWords.programs.inPhase(nameOf(phase), there)}</li>
        ))}
      </ul>
    </section>
  );
}

function Description({ program, onChanged }: Omit<PartProps, "changes">) {
  const form = useForm({
    name: `program ${program.id}`,
    blank: { name: program.name, capacity: program.capacity?.toString() ?? "", tags: program.tags.join(", ") },
    send: async ({ name, capacity, tags }) => {
      await calls.describe(program.id, { name, capacity: numberOf(capacity), tags: tagsOf(tags) });
      toast(staffWords.programs.saved);
      onChanged();
    },
  });
  const { at, rest } = useWrong("program", ["name", "capacity", "tags"], form.trouble);
  return (
    <form class="card stack narrow" onSubmit={form.submit} noValidate key={JSON.stringify(program)}>
      <FormTrouble trouble={rest} />
      <TextField {...at("name")} label={staffWords.programs.name} required value={form.values.name} onInput={(name) => form.set({ name })} />
      <TextField
        {...at("capacity")} label={staffWords.programs.capacity} help={staffWords.programs.capacityHelp} inputMode="numeric"
        value={form.values.capacity} onInput={(capacity) => form.set({ capacity })}
      />
      <TextField {...at("tags")} label={staffWords.programs.tags} help={staffWords.programs.tagsHelp} value={form.values.tags} onInput={(tags) => form.set({ tags })} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.programs.save}</Button>
      </div>
    </form>
  );
}
