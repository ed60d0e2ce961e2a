import { staffWords } from "../../messages/words.ts";
import { CheckField, RadioField, SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { Answer, ClockRule, IntakeRules, National, Priority, Question, Reason, Scope, SetRules, SummaryRule } from "../../wire/api.gen.ts";
import { numberOf } from "../programs/typed.ts";
import { RuleList } from "./rule-list.tsx";
import { choicesOf, said } from "./words.ts";

interface Props {
  readonly known: IntakeRules;
  readonly save: ((lists: Omit<SetRules, "from_on">) => Promise<void>) | null;
}

const NATIONAL: readonly National[] = ["completed", "dropped_out", "terminated", "transferred", "incarcerated", "died", "other"];
/** A number as it was typed; what is none is sent as it is, and refused with a sentence. */
const whole = (typed: string): number => numberOf(typed) ?? -1;

/** What is asked before somebody is admitted. */
export function Questions({ known, save }: Props) {
  const { way } = staffWords;
  return (
    <RuleList<Question, { text: string; good: Answer }>
      name="questions" title={way.rules.lists.questions} lead={way.rules.questionsLead}
      lines={known.questions.map((rule) => ({ rule, words: rule.text || said(way.questions, rule.code) }))}
      save={save && ((questions) => save({ questions }))}
      blank={{ text: "", good: "yes" }} made={({ text, good }) => ({ code: "", text, good: [good], answers: ["yes", "no"] })}
      fields={({ text, good }, set) => (
        <>
          <TextField label={way.rules.question} required maxLength={200} value={text} onInput={(typed) => set({ text: typed })} />
          <RadioField
            label={way.rules.good} help={way.rules.goodHelp} required value={good} onChoose={(chosen) => set({ good: chosen })}
            choices={(["yes", "no"] as const).map((value) => ({ value, label: way.answers[value] }))}
          />
        </>
      )}
    />
  );
}

/** Why somebody is discharged. */
export function Reasons({ known, save }: Props) {
  const { way } = staffWords;
  const national = NATIONAL.map((value) => ({ value, label: said(way.reasons, value) }));
  const wordsOf = ({ code, text, national: counts }: Reason) => {
    const word = text || said(way.reasons, code);
    return code === counts ? word : way.rules.countsAs(word, said(way.reasons, counts));
  };
  return (
    <RuleList<Reason, { text: string; national: National }>
      name="reasons" title={way.rules.lists.reasons} lead={way.rules.reasonsLead}
      lines={known.reasons.map((rule) => ({ rule, words: wordsOf(rule) }))} save={save && ((reasons) => save({ reasons }))}
      blank={{ text: "", national: "other" }} made={({ text, national: counts }) => ({ code: "", text, national: counts })}
      fields={(values, set) => (
        <>
          <TextField label={way.reason} required maxLength={200} value={values.text} onInput={(text) => set({ text })} />
          <SelectField label={way.rules.national} required choices={national} value={values.national} onChoose={(chosen) => set({ national: chosen })} />
        </>
      )}
    />
  );
}

interface ClockValues {
  readonly text: string;
  readonly scope: Scope;
  readonly of: string;
  readonly hours: string;
  readonly whom: Priority | "all";
}

/** Within which time something must have happened while somebody waits. */
export function ClockRules({ known, save }: Props) {
  const { way } = staffWords;
  const whom = [{ value: "all" as const, label: way.rules.everybody }, ...choicesOf(way.priorities)];
  const wordsOf = ({ code, text, hours, priorities, scope, of }: ClockRule) => {
    const who = priorities.length === 0 ? way.rules.everybody : priorities.map((each) => said(way.priorities, each)).join(", ");
    return [text === "" ? said(way.clocks, code) : `${text} · ${way.rules.within(hours)}`, who, [way.rules.scopes[scope], of].filter(Boolean).join(" ")].join(" · ");
  };
  return (
    <RuleList<ClockRule, ClockValues>
      name="clocks" title={way.rules.lists.clocks} lead={way.rules.clocksLead}
      lines={known.clocks.map((rule) => ({ rule, words: wordsOf(rule) }))}
      save={save && ((rules) => save({ clocks: rules as NonNullable<SetRules["clocks"]> }))}
      blank={{ text: "", scope: "state", of: "", hours: "48", whom: "all" }}
      made={({ text, scope, of, hours, whom: who }) => ({
        code: "", text, scope, of, hours: whole(hours), priorities: who === "all" ? [] : [who], from_on: known.on, until_on: null,
        met_by: ["admitted", "referred"], eased_by: [], source: "",
      })}
      fields={(values, set) => (
        <>
          <TextField label={way.rules.clock} required maxLength={200} value={values.text} onInput={(text) => set({ text })} />
          <TextField label={way.rules.hours} required inputMode="numeric" value={values.hours} onInput={(hours) => set({ hours })} />
          <SelectField label={way.rules.whom} required choices={whom} value={values.whom} onChoose={(chosen) => set({ whom: chosen })} />
          <SelectField label={way.rules.scope} required choices={choicesOf(way.rules.scopes)} value={values.scope} onChoose={(scope) => set({ scope })} />
          <TextField label={way.rules.of} maxLength={200} value={values.of} onInput={(of) => set({ of })} />
        </>
      )}
    />
  );
}

interface SummaryValues {
  readonly state: string;
  readonly days: string;
  readonly working_days: boolean;
}

/** By when the summary of a discharge is written, by the client's home state. */
export function Summaries({ known, save }: Props) {
  const { way } = staffWords;
  const wordsOf = ({ state, days, working_days: working, reasons }: SummaryRule) =>
    [state, way.rules.days(days, working), ...reasons.map((each) => said(way.reasons, each))].join(" · ");
  return (
    <RuleList<SummaryRule, SummaryValues>
      name="summaries" title={way.rules.lists.summaries} lead={way.rules.summariesLead}
      lines={known.summaries.map((rule) => ({ rule, words: wordsOf(rule) }))}
      save={save && ((rules) => save({ summaries: rules as NonNullable<SetRules["summaries"]> }))}
      blank={{ state: "", days: "30", working_days: false }}
      made={({ state, days, working_days }) => ({ state, days: whole(days), working_days, from_on: known.on, reasons: [], source: "" })}
      fields={(values, set) => (
        <>
          <TextField label={way.rules.state} required maxLength={2} value={values.state} onInput={(typed) => set({ state: typed.toUpperCase() })} />
          <TextField label={way.rules.daysAfter} required inputMode="numeric" value={values.days} onInput={(days) => set({ days })} />
          <CheckField label={way.rules.working} checked={values.working_days} onChange={(working_days) => set({ working_days })} />
        </>
      )}
    />
  );
}
