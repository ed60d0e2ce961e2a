import { staffWords } from "../../messages/words.ts";
import { RadioField, SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { Question } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { wayApi } from "../way/api.ts";
import { choicesOf, said } from "../way/words.ts";
import type { FieldsProps } from "./steps.ts";

/** The clinic's questions, and the level of care. */
export function EligibilityFields(props: FieldsProps) {
  const { form: { values, set }, inquiry, wrong } = props;
  const [rules] = useLoaded("intake-rules", () => wayApi.rules(null));
  const levels = (rules.is === "there" ? rules.value.levels[values.edition] ?? [] : [values.recommended]).map((level) => ({ value: level, label: level }));
  return (
    <>
      {wrong("answers") !== null && <p class="field-error">{wrong("answers")}</p>}
      {inquiry.questions.map((question) => <Asked key={question.code} question={question} {...props} />)}
      <fieldset class="field stack">
        <legend>{staffWords.way.level}</legend>
        <SelectField label={staffWords.way.edition} required choices={choicesOf(staffWords.way.editions)} value={values.edition} onChoose={(edition) => set({ edition })} />
        <SelectField label={staffWords.way.recommended} required choices={levels} value={values.recommended} onChoose={(recommended) => set({ recommended })} />
        <SelectField label={staffWords.way.placed} required error={wrong("level")} choices={levels} value={values.placed} onChoose={(placed) => set({ placed })} />
        {values.recommended !== values.placed && (
          <TextField label={staffWords.way.difference} required value={values.difference} onInput={(difference) => set({ difference })} />
        )}
        <details>
          <summary>{staffWords.way.ratings}</summary>
          <p class="small soft">{staffWords.way.ratingsHelp}</p>
          {staffWords.way.dimensions[values.edition].map((name, place) => (
            <TextField
              key={name} label={name} maxLength={12} value={values.ratings[String(place + 1)] ?? ""}
              onInput={(rating) => set({ ratings: { ...values.ratings, [String(place + 1)]: rating } })}
            />
          ))}
        </details>
      </fieldset>
    </>
  );
}

function Asked({ question, form: { values, set } }: FieldsProps & { readonly question: Question }) {
  const { code } = question;
  const answer = values.answers[code] ?? null;
  return (
    <div class="way-asked stack-tight">
      <RadioField
        label={question.text || said(staffWords.way.questions, code)} required value={answer}
        choices={question.answers.map((value) => ({ value, label: staffWords.way.answers[value] }))}
        onChoose={(chosen) => set({ answers: { ...values.answers, [code]: chosen } })}
      />
      {answer !== null && !question.good.includes(answer) && (
        <TextField
          label={staffWords.way.overrideReason} required value={values.reasons[code] ?? ""}
          onInput={(reason) => set({ reasons: { ...values.reasons, [code]: reason } })}
        />
      )}
    </div>
  );
}
