import { useId } from "preact/hooks";
import { at as nowAt } from "../../now.ts";
import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { FieldError } from "../../ui/forms/field.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { DurationField } from "../../ui/time/duration-field.tsx";
import { type CalendarDay, dayIn } from "../../ui/time/parse/days.ts";
import type { Phase, Program, SessionKind } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { kindWord } from "../../words.ts";
import { calls } from "./calls.ts";
import { numberOf } from "./typed.ts";
import { useWrong } from "./wrong.ts";
import { COUNTING_KINDS } from "./words.ts";

interface Props {
  readonly program: Program;
  /** The phase that gets new numbers; null for a new phase. */
  readonly phase: Phase | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

interface Values {
  readonly name: string;
  readonly usual_weeks: string;
  readonly from_on: CalendarDay | null;
  readonly required_s: number | null;
  readonly days_per_week: string;
  readonly kinds: readonly SessionKind[];
}

const EMPTY: Omit<Values, "from_on"> = { name: "", usual_weeks: "", required_s: null, days_per_week: "", kinds: [] };

/** What the phase is and asks so far, from today on. */
function blankOf(program: Program, phase: Phase | null): Values {
  const from_on = dayIn(nowAt(), program.timezone);
  const last = phase?.requirements.at(-1);
  if (phase === null || last === undefined) return { ...EMPTY, from_on };
  const { required_s, days_per_week, kinds } = last;
  return { name: phase.name, usual_weeks: phase.usual_weeks?.toString() ?? "", from_on, required_s, days_per_week: String(days_per_week), kinds };
}

/** Empty fields are sent as they are: the service says at each what is missing. */
async function save({ program, phase }: Props, values: Values): Promise<void> {
  const { from_on, required_s, kinds } = values;
  const required = { from_on: from_on ?? "", required_s: required_s ?? -1, days_per_week: numberOf(values.days_per_week) ?? -1, kinds };
  const usual_weeks = numberOf(values.usual_weeks);
  if (phase === null) {
    await calls.createPhase(program.id, { name: values.name, usual_weeks, required });
    return;
  }
  await calls.describePhase(phase.id, { name: values.name, usual_weeks, position: phase.position });
  await calls.require(phase.id, required);
}

/** A new phase, or other numbers for one from a day on. */
export function PhaseForm(props: Props) {
  const { program, phase, onDone, onCancel } = props;
  const form = useForm<Values>({
    name: `phase ${program.id} ${phase?.id ?? "new"}`,
    blank: blankOf(program, phase),
    send: async (values) => {
      await save(props, values);
      onDone();
    },
  });
  const { at, rest } = useWrong("phase", ["name", "usual_weeks", "from_on", "required_s", "days_per_week", "kinds"], form.trouble);
  const { values, set } = form;
  return (
    <form class="card stack narrow" onSubmit={form.submit} noValidate>
      <h3>{phase === null ? staffWords.programs.addPhase : staffWords.programs.newNumbers(phase.name)}</h3>
      <FormTrouble trouble={rest} />
      <TextField {...at("name")} label={staffWords.programs.phaseName} required value={values.name} onInput={(name) => set({ name })} />
      <TextField {...at("usual_weeks")} label={staffWords.programs.usualWeeks} inputMode="numeric" value={values.usual_weeks} onInput={(usual_weeks) => set({ usual_weeks })} />
      <DateField {...at("from_on")} label={staffWords.programs.from} help={staffWords.programs.fromHelp} required zone={program.timezone} value={values.from_on} onChange={(from_on) => set({ from_on })} />
      <DurationField {...at("required_s")} label={staffWords.programs.required} bare="hours" required value={values.required_s} onChange={(required_s) => set({ required_s })} />
      <TextField {...at("days_per_week")} label={staffWords.programs.days} inputMode="numeric" required value={values.days_per_week} onInput={(days_per_week) => set({ days_per_week })} />
      <Kinds {...at("kinds")} chosen={values.kinds} onChoose={(kinds) => set({ kinds })} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.programs.save}</Button>
        <Button
          onPress={() => {
            form.clear();
            onCancel();
          }}
        >
          {staffWords.common.cancel}
        </Button>
      </div>
    </form>
  );
}

interface KindsProps {
  readonly id: string;
  readonly error: string | null | undefined;
  readonly chosen: readonly SessionKind[];
  readonly onChoose: (kinds: readonly SessionKind[]) => void;
}

function Kinds({ id, error, chosen, onChoose }: KindsProps) {
  const help = useId();
  const turn = (kind: SessionKind, on: boolean) => onChoose(on ? [...chosen, kind] : chosen.filter((each) => each !== kind));
  return (
    <fieldset id={id} class="field" aria-describedby={help}>
      <legend>{staffWords.programs.kindsThatCount}</legend>
      <p id={help} class="field-help">{staffWords.programs.kindsHelp}</p>
      {COUNTING_KINDS.map((kind) => (
        <label class="check" key={kind}>
          <input type="checkbox" checked={chosen.includes(kind)} onChange={(event) => turn(kind, event.currentTarget.checked)} />
          <span>{kindWord(kind)}</span>
        </label>
      ))}
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
