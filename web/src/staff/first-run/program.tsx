import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { RadioField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { ClinicView, TemplateName } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { useWrong } from "../programs/wrong.ts";
import { calls } from "./calls.ts";
import { GoOn } from "./go-on.tsx";
import type { StepProps } from "./steps.ts";

const TEMPLATES: readonly TemplateName[] = ["evening_sud", "adolescent", "mental_health_days"];
type Counted = "gaps_counted" | "gaps_left_out";
const VERSIONS: Readonly<Record<Counted, number>> = { gaps_counted: 1, gaps_left_out: 2 };

/** The first program, from a template. */
export function ProgramStep({ left, onDone }: StepProps) {
  const [loaded, again] = useLoaded("clinic", calls.clinic);
  if (left.program !== null) {
    return (
      <div class="stack">
        <Banner tone="good">{staffWords.firstRun.programThere}</Banner>
        <GoOn onDone={onDone} />
      </div>
    );
  }
  if (loaded.is === "loading") return <Wait>{staffWords.pages.opening}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  return <ProgramForm clinic={loaded.value} onDone={onDone} />;
}

function ProgramForm({ clinic, onDone }: { readonly clinic: ClinicView; readonly onDone: () => void }) {
  const form = useForm({
    name: "first-program",
    blank: { template: "evening_sud" as TemplateName, name: staffWords.firstRun.templates.evening_sud, counted: "gaps_counted" as Counted },
    send: async ({ template, name, counted }) => {
      await calls.beginProgram({ template, name, timezone: clinic.timezone, policy_id: "evening-sud", policy_version: VERSIONS[counted] });
      onDone();
    },
  });
  const { at, rest } = useWrong("program", ["template", "name", "policy_id"], form.trouble);
  const { values } = form;
  const choose = (template: TemplateName) => {
    const untouched = values.name === staffWords.firstRun.templates[values.template];
    form.set({ template, ...(untouched && { name: staffWords.firstRun.templates[template] }) });
  };
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      <RadioField
        {...at("template")} label={staffWords.firstRun.template} required value={values.template} onChoose={choose}
        choices={TEMPLATES.map((value) => ({ value, label: staffWords.firstRun.templates[value], help: staffWords.firstRun.templateMeans[value] }))}
      />
      <TextField {...at("name")} label={staffWords.firstRun.programName} required value={values.name} onInput={(name) => form.set({ name })} />
      <RadioField
        {...at("policy_id")} label={staffWords.firstRun.counted} help={staffWords.firstRun.countedHelp} required value={values.counted}
        onChoose={(counted) => form.set({ counted })}
        choices={(["gaps_counted", "gaps_left_out"] as const).map((value) => ({ value, ...staffWords.firstRun.countedAs[value] }))}
      />
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.firstRun.save}</Button>
      </div>
    </form>
  );
}
