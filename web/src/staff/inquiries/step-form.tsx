import type { ComponentChildren } from "preact";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { LongTextField, TextField } from "../../ui/forms/text-field.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { TimeField } from "../../ui/time/time-field.tsx";
import type { Admit, Inquiry, PlannedIntake, StepKind } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { wayApi } from "../way/api.ts";
import { usePreview } from "../way/preview.ts";
import { changesSaid, choicesOf } from "../way/words.ts";
import { EligibilityFields } from "./eligibility-fields.tsx";
import { Several } from "./several.tsx";
import { bodyOf, blankOf, type FieldsProps, PATHS, PROSE, type StepValues } from "./steps.ts";

interface Props {
  readonly kind: StepKind;
  readonly inquiry: Inquiry;
  readonly onTaken: (answer: Inquiry | PlannedIntake) => void;
}

/** The fields of one step, and the button that takes it. */
export function StepForm({ kind, inquiry, onTaken }: Props) {
  const { id } = inquiry.line;
  const form = useForm<StepValues>({
    name: `inquiry ${id} ${kind}`, blank: blankOf(inquiry), unkept: PROSE,
    send: async (values) => onTaken(await wayApi.step(id, PATHS[kind], bodyOf(kind, values, inquiry.timezone))),
  });
  const preview = usePreview<Admit>((body) => wayApi.previewAdmission(id, body));
  const trouble = form.trouble ?? preview.trouble;
  const wrong = (field: string) => (trouble?.field === field ? trouble.sentence : null);
  const submit = (event: Event) => {
    event.preventDefault();
    void (kind === "admitted" ? preview.ask(bodyOf(kind, form.values, inquiry.timezone) as Admit) : form.submit());
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <FormTrouble trouble={trouble} />
      {fieldsOf(kind, { form, inquiry, wrong })}
      {kind !== "intake_planned" && (
        <LongTextField
          label={staffWords.way.words} help={staffWords.way.wordsHelp} rows={3} error={wrong("words")}
          value={form.values.words} onInput={(words) => form.set({ words })}
        />
      )}
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy}>{kind === "admitted" ? staffWords.way.preview : staffWords.way.todo[kind]}</Button>
      </div>
      {preview.seen !== null && (
        <Question
          title={staffWords.way.confirmAdmission(dayOf(preview.seen.body.from_on))} yes={staffWords.way.todo.admitted}
          consequences={changesSaid(preview.seen.effects)} onNo={preview.putAway} sentenceOf={sentenceOf}
          onYes={async () => onTaken(await wayApi.step(id, PATHS.admitted, preview.seen?.body))}
        />
      )}
    </form>
  );
}

function fieldsOf(kind: StepKind, props: FieldsProps): ComponentChildren {
  switch (kind) {
    case "screened":
    case "wait_listed":
      return <Priorities {...props} />;
    case "intake_planned":
      return <IntakeFields {...props} />;
    case "assessed":
      return <EligibilityFields {...props} />;
    case "admitted":
      return <AdmissionFields {...props} />;
    case "referred":
      return <ReferralFields {...props} />;
    case "arrived":
    case "interim":
      return <OnDay {...props} label={staffWords.way.onDay} field="on" />;
    case "declined":
      return <Reason {...props} reasons={staffWords.way.declineReasons} />;
    default:
      return null;
  }
}

function Priorities({ form: { values, set } }: FieldsProps) {
  return <Several label={staffWords.way.priority} choices={choicesOf(staffWords.way.priorities)} chosen={values.priorities} onChange={(priorities) => set({ priorities })} />;
}

function OnDay({ form: { values, set }, wrong, label, field, inquiry }: FieldsProps & { readonly label: string; readonly field: string }) {
  return <DateField label={label} required leaning={field === "from_on" ? "future" : "past"} zone={inquiry.timezone} error={wrong(field)} value={values.on} onChange={(on) => set({ on })} />;
}

function Reason({ form: { values, set }, wrong, reasons }: FieldsProps & { readonly reasons: Readonly<Record<string, string>> }) {
  return (
    <SelectField label={staffWords.way.reason} required error={wrong("reason")} choices={choicesOf(reasons)} value={values.reason || null} onChoose={(reason) => set({ reason })} />
  );
}

function IntakeFields({ form: { values, set }, wrong, inquiry }: FieldsProps) {
  const [staff] = useLoaded("staff", wayApi.staff);
  const leads = staff.is === "there" ? staff.value.filter(({ state, roles }) => state === "active" && roles.some((role) => role !== "biller" && role !== "auditor")) : [];
  return (
    <>
      <SelectField
        label={staffWords.way.facilitator} required error={wrong("facilitator")} choices={leads.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.facilitator || null} onChoose={(facilitator) => set({ facilitator })}
      />
      <DateField label={staffWords.way.day} required zone={inquiry.timezone} error={wrong("starts")} value={values.on} onChange={(on) => set({ on })} />
      <TimeField label={staffWords.way.time} required value={values.time} onChange={(time) => set({ time })} />
      <p class="small soft">{staffWords.way.inZone(inquiry.timezone)}</p>
      <TextField label={staffWords.way.minutes} required inputMode="numeric" error={wrong("minutes")} value={values.minutes} onInput={(minutes) => set({ minutes })} />
    </>
  );
}

function AdmissionFields(props: FieldsProps) {
  const { form: { values, set }, wrong, inquiry } = props;
  return (
    <>
      <SelectField
        label={staffWords.way.phase} required error={wrong("phase")} choices={inquiry.phases.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.phase || null} onChoose={(phase) => set({ phase })}
      />
      <OnDay {...props} label={staffWords.way.from} field="from_on" />
    </>
  );
}

function ReferralFields(props: FieldsProps) {
  const { form: { values, set }, wrong } = props;
  return (
    <>
      <TextField label={staffWords.way.to} required error={wrong("to")} value={values.to} onInput={(to) => set({ to })} />
      <Reason {...props} reasons={staffWords.way.referralReasons} />
      <OnDay {...props} label={staffWords.way.sentOn} field="sent_on" />
    </>
  );
}
