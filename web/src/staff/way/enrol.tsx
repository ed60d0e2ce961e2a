import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { at as nowAt } from "../../now.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { dayIn } from "../../ui/time/parse/days.ts";
import type { Program } from "../../wire/api.gen.ts";
import { type Form, useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { RequestRefused } from "../../wire/request.ts";
import { useWrong } from "../programs/wrong.ts";
import { wayApi } from "./api.ts";

interface Props {
  readonly client: string;
  /** Programs that the client is or was in: there, an act admits them again. */
  readonly been: readonly string[];
  readonly onEnrolled: () => void;
}

/** Enrols a client who did not come by an inquiry. Nothing is shown where no program is left. */
export function Enrol({ client, been, onEnrolled }: Props) {
  const [open, setOpen] = useState(false);
  const [programs] = useLoaded("programs", wayApi.programs);
  const left = programs.is === "there" ? programs.value.filter(({ id }) => !been.includes(id)) : [];
  if (left.length === 0) return null;
  if (!open) return <div><Button onPress={() => setOpen(true)}>{staffWords.way.enrol}</Button></div>;
  const done = () => {
    setOpen(false);
    onEnrolled();
  };
  return <EnrolForm client={client} programs={left} onEnrolled={done} onClose={() => setOpen(false)} />;
}

interface Values {
  readonly program: string;
  readonly phase: string;
  readonly starts_on: string | null;
}

interface FormProps {
  readonly client: string;
  readonly programs: readonly Program[];
  readonly onEnrolled: () => void;
  readonly onClose: () => void;
}

const todayIn = (program: Program | undefined): string | null => (program === undefined ? null : dayIn(nowAt(), program.timezone));

function EnrolForm({ client, programs, onEnrolled, onClose }: FormProps) {
  const { way, common } = staffWords;
  const only = programs.length === 1 ? programs[0] : undefined;
  const form = useForm<Values>({
    name: `enrol ${client}`,
    blank: { program: only?.id ?? "", phase: "", starts_on: todayIn(only) },
    unkept: ["program", "phase", "starts_on"],
    send: async (values) => {
      const program = given(values.program, "$.program");
      const phase = given(values.phase, "$.phase");
      const starts_on = given(values.starts_on, "$.starts_on");
      await wayApi.enrol({ client, program, phase, starts_on });
      toast(way.enrolled(programs.find(({ id }) => id === program)?.name ?? "", dayOf(starts_on)));
      onEnrolled();
    },
  });
  useEffect(() => document.getElementById("enrol-program")?.focus(), []);
  const { at, rest } = useWrong("enrol", ["program", "phase", "starts_on"], form.trouble);
  return (
    <form class="card stack narrow" aria-labelledby="enrol" onSubmit={form.submit} noValidate>
      <h2 id="enrol">{way.enrol}</h2>
      <p class="soft">{way.enrolLead}</p>
      <FormTrouble trouble={rest} />
      <Fields form={form} programs={programs} at={at} />
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy}>{way.enrolIt}</Button>
        <Button onPress={onClose}>{common.cancel}</Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly form: Form<Values>;
  readonly programs: readonly Program[];
  readonly at: ReturnType<typeof useWrong<keyof Values>>["at"];
}

function Fields({ form: { values, set }, programs, at }: FieldsProps) {
  const { way } = staffWords;
  const program = programs.find(({ id }) => id === values.program);
  const [phases] = useLoaded(`phases ${values.program}`, async () => (values.program === "" ? [] : wayApi.phases(values.program)));
  const choices = phases.is === "there" ? phases.value.map(({ id, name }) => ({ value: id, label: name })) : [];
  const choose = (id: string) => {
    const chosen = programs.find((each) => each.id === id);
    set({ program: id, phase: "", starts_on: values.starts_on ?? todayIn(chosen) });
  };
  return (
    <>
      <SelectField
        {...at("program")} label={way.program} required value={values.program || null} onChoose={choose}
        choices={programs.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        {...at("phase")} label={way.phase} required value={values.phase || null} onChoose={(phase) => set({ phase })} choices={choices}
        {...(program !== undefined && phases.is === "there" && choices.length === 0 && { help: way.noPhases })}
      />
      <DateField
        {...at("starts_on")} label={way.from} required value={values.starts_on} onChange={(starts_on) => set({ starts_on })}
        {...(program !== undefined && { zone: program.timezone })}
      />
    </>
  );
}

/** What was given for a field. An empty one is refused there, before anything is sent. */
function given(value: string | null, path: string): string {
  if (value === null || value === "") throw new RequestRefused("invalid_input", 422, staffWords.guests.missing, path);
  return value;
}
