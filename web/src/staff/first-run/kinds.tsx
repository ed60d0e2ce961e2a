import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { SessionKind } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { kindWord } from "../../words.ts";
import { calls } from "../programs/calls.ts";
import { COUNTING_KINDS } from "../programs/words.ts";
import { useWrong } from "../programs/wrong.ts";
import type { StepProps } from "./steps.ts";

/** A kind of session with the clinic's own word, such as yoga. */
export function KindsStep({ onDone }: StepProps) {
  const form = useForm({
    name: "first-kind",
    blank: { name: "", counts_as: "expressive" as SessionKind },
    send: async (kind) => {
      await calls.createKind(kind);
      onDone();
    },
  });
  const { at, rest } = useWrong("kind", ["name", "counts_as"], form.trouble);
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      <p>{staffWords.firstRun.kindsThere(COUNTING_KINDS.map(kindWord).join(", "))}</p>
      <TextField {...at("name")} label={staffWords.firstRun.kindName} required value={form.values.name} onInput={(name) => form.set({ name })} />
      <SelectField
        {...at("counts_as")} label={staffWords.firstRun.kindCountsAs} required value={form.values.counts_as} onChoose={(counts_as) => form.set({ counts_as })}
        choices={COUNTING_KINDS.map((value) => ({ value, label: kindWord(value) }))}
      />
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.firstRun.save}</Button>
      </div>
    </form>
  );
}
