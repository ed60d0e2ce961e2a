import { staffWords } from "../../messages/words.ts";
import { Button } from "../../ui/forms/button.tsx";
import { CheckField, SelectField } from "../../ui/forms/choices.tsx";
import { LongTextField, TextField } from "../../ui/forms/text-field.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { Priority, Urgency } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { go, inquiryPath } from "../router.ts";
import { wayApi } from "../way/api.ts";
import { choicesOf } from "../way/words.ts";
import { Several } from "./several.tsx";

interface Values {
  readonly name: string;
  readonly reach: string;
  readonly may_leave_message: boolean;
  readonly program: string;
  readonly heard: string;
  readonly urgencies: readonly Urgency[];
  readonly priorities: readonly Priority[];
  readonly words: string;
}

const BLANK: Values = { name: "", reach: "", may_leave_message: false, program: "", heard: "", urgencies: [], priorities: [], words: "" };
const PROSE = ["name", "reach", "heard", "urgencies", "priorities", "words"] as const;

/** Somebody asks: what they say on the phone. */
export function NewInquiry() {
  const [programs] = useLoaded("programs", wayApi.programs);
  const known = programs.is === "there" ? programs.value.map(({ id, name }) => ({ value: id, label: name })) : [];
  const form = useForm<Values>({
    name: "inquiry", blank: BLANK, unkept: PROSE,
    send: async (values) => go(inquiryPath((await wayApi.createInquiry({ ...values, program: values.program || (known[0]?.value ?? "") })).line.id)),
  });
  const { values, set, trouble } = form;
  const wrong = (field: string) => (trouble?.field === field ? trouble.sentence : null);
  return (
    <form class="stack narrow" onSubmit={(event) => void form.submit(event)} noValidate>
      <PageHead title={staffWords.way.newInquiry} lead={staffWords.way.newLead} path={[{ href: "/inquiries", label: staffWords.way.inquiries }]} />
      <FormTrouble trouble={trouble} />
      <TextField label={staffWords.way.name} required error={wrong("name")} value={values.name} onInput={(name) => set({ name })} />
      <TextField
        label={staffWords.way.reach} help={staffWords.way.reachHelp} required error={wrong("reach")}
        value={values.reach} onInput={(reach) => set({ reach })}
      />
      <CheckField label={staffWords.way.mayLeaveMessage} checked={values.may_leave_message} onChange={(checked) => set({ may_leave_message: checked })} />
      <SelectField
        label={staffWords.way.program} required error={wrong("program")} choices={known}
        value={values.program || (known[0]?.value ?? null)} onChoose={(program) => set({ program })}
      />
      <TextField label={staffWords.way.heard} value={values.heard} onInput={(heard) => set({ heard })} />
      <Several label={staffWords.way.urgency} choices={choicesOf(staffWords.way.urgencies)} chosen={values.urgencies} onChange={(urgencies) => set({ urgencies })} />
      <Several label={staffWords.way.priority} choices={choicesOf(staffWords.way.priorities)} chosen={values.priorities} onChange={(priorities) => set({ priorities })} />
      <LongTextField
        label={staffWords.way.words} help={staffWords.way.wordsHelp} error={wrong("words")} value={values.words}
        onInput={(written) => set({ words: written })}
      />
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy}>{staffWords.way.save}</Button>
      </div>
    </form>
  );
}
