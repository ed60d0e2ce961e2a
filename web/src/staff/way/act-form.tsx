import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { LongTextField } from "../../ui/forms/text-field.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { Act, ActKind, RecordAct, Timeline } from "../../wire/api.gen.ts";
import { type Trouble, useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { wayApi } from "./api.ts";
import { usePreview } from "./preview.ts";
import { changesSaid, choicesOf, reasonChoices } from "./words.ts";

const WITH_PHASE: ReadonlySet<ActKind> = new Set(["admitted", "phase", "readmitted"]);
/** Reasons of discharge are the clinic's own list. */
const REASONS: Readonly<Record<Exclude<ActKind, "discharged">, readonly string[]>> = {
  admitted: [], returned: [], readmitted: [],
  phase: ["progress", "step_up", "other"],
  leave: ["hospital", "family", "work", "travel", "court", "other"],
};
/** What usually follows, by where the client stands; a correction may be of any kind. */
const NEXT: Readonly<Record<Timeline["standing"], readonly ActKind[]>> = {
  ahead: ["phase", "leave", "discharged", "admitted"],
  present: ["phase", "leave", "discharged", "returned", "readmitted"],
  on_leave: ["returned", "discharged", "phase"],
  discharged: ["readmitted"],
};

interface Values {
  readonly kind: ActKind;
  readonly from_on: string | null;
  readonly phase: string;
  readonly reason: string;
  readonly words: string;
}

interface Props {
  readonly timeline: Timeline;
  /** The act that this one corrects; null records a new one. */
  readonly corrects: Act | null;
  readonly onRecorded: (timeline: Timeline) => void;
  readonly onDontCorrect: () => void;
}

function blankOf(timeline: Timeline, corrects: Act | null): Values {
  const kind = corrects?.kind ?? NEXT[timeline.standing][0] ?? "phase";
  if (corrects === null) return { kind, from_on: timeline.today, phase: "", reason: "", words: "" };
  return { kind, from_on: corrects.from_on, phase: corrects.phase ?? "", reason: corrects.reason, words: corrects.words };
}

/** Records a dated act, after showing what it changes. */
export function ActForm({ timeline, corrects, onRecorded, onDontCorrect }: Props) {
  const { seen, trouble, ask, putAway } = usePreview<RecordAct>((body) => wayApi.previewAct(timeline.enrolment, body));
  const form = useForm<Values>({
    name: `act ${timeline.enrolment} ${corrects?.id ?? ""}`, unkept: ["words", "reason"], blank: blankOf(timeline, corrects), send: async () => undefined,
  });
  const preview = (event: Event) => {
    event.preventDefault();
    void ask(bodyOf(form.values, corrects));
  };
  const record = async () => {
    if (seen === null) return;
    const next = await wayApi.record(timeline.enrolment, seen.body);
    form.clear();
    putAway();
    toast(staffWords.way.recorded);
    onRecorded(next);
  };
  return (
    <form class="stack" onSubmit={preview} noValidate>
      <h3>{staffWords.way.newAct}</h3>
      {corrects !== null && <Correcting act={corrects} onDontCorrect={onDontCorrect} />}
      <FormTrouble trouble={trouble} />
      <Fields timeline={timeline} corrects={corrects} values={form.values} set={form.set} trouble={trouble} />
      <div class="row">
        <Button kind="main" type="submit">{staffWords.way.preview}</Button>
      </div>
      {seen !== null && (
        <Question
          title={staffWords.way.confirmAct(staffWords.way.acts[seen.body.kind], dayOf(seen.body.from_on))} yes={staffWords.way.recordIt}
          grave={seen.body.kind === "discharged"} consequences={changesSaid(seen.effects)} onYes={record} onNo={putAway} sentenceOf={sentenceOf}
        />
      )}
    </form>
  );
}

function Correcting({ act, onDontCorrect }: { readonly act: Act; readonly onDontCorrect: () => void }) {
  return (
    <Banner tone="calm" action={<Button onPress={onDontCorrect}>{staffWords.way.dontCorrect}</Button>}>
      {staffWords.way.correcting(staffWords.way.acts[act.kind], dayOf(act.from_on))}
    </Banner>
  );
}

interface FieldsProps {
  readonly timeline: Timeline;
  readonly corrects: Act | null;
  readonly values: Values;
  readonly set: (changed: Partial<Values>) => void;
  readonly trouble: Trouble | null;
}

function Fields({ timeline, corrects, values, set, trouble }: FieldsProps) {
  const { way } = staffWords;
  const [phases] = useLoaded(`phases ${timeline.program}`, () => wayApi.phases(timeline.program));
  const kinds = corrects === null ? NEXT[timeline.standing] : [corrects.kind];
  const wrong = (field: string) => (trouble?.field === field ? trouble.sentence : null);
  const [rules] = useLoaded(`intake-rules ${values.from_on ?? ""}`, () => wayApi.rules(values.from_on));
  const clinics = rules.is === "there" ? reasonChoices(rules.value.reasons) : [];
  const reasons = values.kind === "discharged" ? clinics : fixedReasons(values.kind);
  return (
    <>
      <SelectField
        label={way.actKind} required choices={kinds.map((kind) => ({ value: kind, label: way.acts[kind] }))}
        value={values.kind} onChoose={(kind) => set({ kind, reason: "" })}
      />
      <DateField label={way.from} required zone={timeline.timezone} error={wrong("from_on")} value={values.from_on} onChange={(day) => set({ from_on: day })} />
      {WITH_PHASE.has(values.kind) && (
        <SelectField
          label={way.phase} required error={wrong("phase")} value={values.phase || null} onChoose={(phase) => set({ phase })}
          choices={phases.is === "there" ? phases.value.map(({ id, name }) => ({ value: id, label: name })) : []}
        />
      )}
      {(reasons.length > 0 || values.kind === "discharged") && (
        <SelectField
          label={way.reason} required error={wrong("reason")} value={values.reason || null} onChoose={(reason) => set({ reason })}
          choices={reasons}
        />
      )}
      <LongTextField
        label={values.kind === "discharged" ? way.whereTo : way.words} help={way.wordsHelp} rows={3} error={wrong("words")}
        value={values.words} onInput={(words) => set({ words })}
      />
    </>
  );
}

const fixedReasons = (kind: Exclude<ActKind, "discharged">) =>
  choicesOf<string>(staffWords.way.reasons).filter(({ value }) => REASONS[kind].includes(value));

function bodyOf({ kind, from_on: from, phase, reason, words }: Values, corrects: Act | null): RecordAct {
  return {
    kind, from_on: from ?? "", phase: WITH_PHASE.has(kind) && phase !== "" ? phase : null, reason, words, replaces: corrects?.id ?? null,
  };
}
