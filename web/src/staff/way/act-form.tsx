import { useState } from "preact/hooks";
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
import type { Act, ActKind, Effects, RecordAct, Timeline } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { wayApi } from "./api.ts";
import { changesSaid, choicesOf } from "./words.ts";

const WITH_PHASE: ReadonlySet<ActKind> = new Set(["admitted", "phase", "readmitted"]);
const REASONS: Readonly<Record<ActKind, readonly string[]>> = {
  admitted: [], returned: [], readmitted: [],
  phase: ["progress", "step_up", "other"],
  leave: ["hospital", "family", "work", "travel", "court", "other"],
  discharged: [
    "completed", "dropped_out", "terminated", "transferred", "incarcerated", "died", "other", "commitment_completed", "moved",
    "against_advice", "not_seen_90_days",
  ],
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

/** Records a dated act, after showing what it changes. */
export function ActForm({ timeline, corrects, onRecorded, onDontCorrect }: Props) {
  const { way } = staffWords;
  const [phases] = useLoaded(`phases ${timeline.program}`, () => wayApi.phases(timeline.program));
  const [seen, setSeen] = useState<{ readonly body: RecordAct; readonly effects: Effects } | null>(null);
  const kinds = corrects === null ? NEXT[timeline.standing] : [corrects.kind];
  const form = useForm<Values>({
    name: `act ${timeline.enrolment} ${corrects?.id ?? ""}`, unkept: ["words", "reason"],
    blank: {
      kind: kinds[0] ?? "phase", from_on: corrects?.from_on ?? timeline.today, phase: corrects?.phase ?? "",
      reason: corrects?.reason ?? "", words: corrects?.words ?? "",
    },
    send: async () => undefined,
  });
  const [trouble, setTrouble] = useState<{ readonly error: unknown; readonly sentence: string; readonly field: string | null } | null>(null);
  const { values, set } = form;
  const wrong = (field: string) => (trouble?.field === field ? trouble.sentence : null);
  const preview = async (event: Event) => {
    event.preventDefault();
    const body = bodyOf(values, corrects);
    try {
      setSeen({ body, effects: await wayApi.previewAct(timeline.enrolment, body) });
      setTrouble(null);
    } catch (error) {
      const path = error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : "";
      setTrouble({ error, sentence: sentenceOf(error), field: path.replace("$.", "") || null });
    }
  };
  const record = async () => {
    if (seen === null) return;
    const next = await wayApi.record(timeline.enrolment, seen.body);
    form.clear();
    setSeen(null);
    toast(way.recorded);
    onRecorded(next);
  };
  const reasons = REASONS[values.kind];
  return (
    <form class="stack" onSubmit={(event) => void preview(event)} noValidate>
      <h3>{way.newAct}</h3>
      {corrects !== null && (
        <Banner tone="calm" action={<Button onPress={onDontCorrect}>{way.dontCorrect}</Button>}>
          {way.correcting(way.acts[corrects.kind], dayOf(corrects.from_on))}
        </Banner>
      )}
      <FormTrouble trouble={trouble} />
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
      {reasons.length > 0 && (
        <SelectField
          label={way.reason} required error={wrong("reason")} value={values.reason || null} onChoose={(reason) => set({ reason })}
          choices={choicesOf(way.reasons).filter(({ value }) => reasons.includes(value))}
        />
      )}
      <LongTextField
        label={values.kind === "discharged" ? way.whereTo : way.words} help={way.wordsHelp} rows={3} error={wrong("words")}
        value={values.words} onInput={(words) => set({ words })}
      />
      <div class="row">
        <Button kind="main" type="submit">{way.preview}</Button>
      </div>
      {seen !== null && (
        <Question
          title={way.confirmAct(way.acts[seen.body.kind], dayOf(seen.body.from_on))} yes={way.recordIt} grave={seen.body.kind === "discharged"}
          consequences={changesSaid(seen.effects)} onYes={record} onNo={() => setSeen(null)} sentenceOf={sentenceOf}
        />
      )}
    </form>
  );
}

function bodyOf({ kind, from_on: from, phase, reason, words }: Values, corrects: Act | null): RecordAct {
  return {
    kind, from_on: from ?? "", phase: WITH_PHASE.has(kind) && phase !== "" ? phase : null, reason, words, replaces: corrects?.id ?? null,
  };
}
