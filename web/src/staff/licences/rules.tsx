import { useState } from "preact/hooks";
import { dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { at as now } from "../../now.ts";
import { Wait } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { RadioField, SelectField } from "../../ui/forms/choices.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { dayIn } from "../../ui/time/parse/days.ts";
import type { LicenceRules, SetLicenceRule } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { kindWord } from "../../words.ts";
import { at, useRefused } from "../clients/refused.ts";
import { NotShown } from "../not-shown.tsx";
import { licencesApi } from "./api.ts";

interface Part {
  readonly rules: LicenceRules;
  readonly onChanged: (rules: LicenceRules) => void;
}

/** Which licences the kinds of sessions ask for, and what happens where one is missing. */
export function LicenceRulesPage() {
  const [loaded, again] = useLoaded("licence-rules", licencesApi.rules);
  const [changed, setChanged] = useState<LicenceRules | null>(null);
  if (loaded.is === "loading") return <Wait>{staffWords.licences.fetching}</Wait>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const rules = changed ?? loaded.value;
  return (
    <div class="stack medium">
      <PageHead title={staffWords.licences.rulesTitle} lead={staffWords.licences.rulesLead} />
      <Policy rules={rules} onChanged={setChanged} />
      <Today rules={rules} />
      <Change rules={rules} onChanged={setChanged} />
    </div>
  );
}

function Policy({ rules, onChanged }: Part) {
  const form = useForm({
    name: "licence-policy",
    blank: { policy: rules.policy },
    send: async (body) => {
      onChanged(await licencesApi.setPolicy(body));
      toast(staffWords.licences.policySaved);
    },
  });
  return (
    <form class="card stack" onSubmit={form.submit}>
      <FormTrouble trouble={form.trouble} />
      <RadioField
        label={staffWords.licences.policy}
        required
        choices={[
          { value: "warn", label: staffWords.licences.warn, help: staffWords.licences.warnMeans },
          { value: "refuse", label: staffWords.licences.refuse, help: staffWords.licences.refuseMeans },
        ]}
        value={form.values.policy}
        onChoose={(policy) => form.set({ policy })}
      />
      <div>
        <Button type="submit" busy={form.busy}>{staffWords.licences.save}</Button>
      </div>
    </form>
  );
}

function Today({ rules }: { readonly rules: LicenceRules }) {
  const toCome = rules.changes.filter(({ from_on }) => from_on > dayIn(now()));
  return (
    <section class="card stack" aria-labelledby="asked">
      <h2 id="asked">{staffWords.licences.askedToday}</h2>
      <dl class="facts">
        {rules.today.map(({ kind, asked }) => (
          <div key={kind}>
            <dt>{kindWord(kind)}</dt>
            <dd>{staffWords.licences.askedWords[asked]}</dd>
          </div>
        ))}
      </dl>
      {toCome.length > 0 && (
        <>
          <h3>{staffWords.licences.askedLater}</h3>
          <ul class="bullets">
            {toCome.map(({ kind, asked, from_on }) => (
              <li key={`${kind} ${from_on}`}>{staffWords.licences.fromDay(dateOf(from_on), kindWord(kind), staffWords.licences.askedWords[asked])}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Change({ rules, onChanged }: Part) {
  const blank: { readonly [field in keyof SetLicenceRule]: SetLicenceRule[field] | null } = { kind: null, asked: null, from_on: dayIn(now()) };
  const form = useForm({
    name: "licence-rule",
    blank,
    send: async (body) => {
      onChanged(await licencesApi.setRule(body as SetLicenceRule));
      toast(staffWords.licences.ruleSaved);
    },
  });
  const elsewhere = useRefused(form.trouble);
  const kinds = rules.today.map(({ kind }) => ({ value: kind, label: kindWord(kind) }));
  const asked = (["none", "clinician", "prescriber"] as const).map((each) => ({ value: each, label: staffWords.licences.askedWords[each] }));
  return (
    <form class="card stack" noValidate onSubmit={form.submit} aria-labelledby="change">
      <h2 id="change">{staffWords.licences.change}</h2>
      <SelectField label={staffWords.licences.sessionKind} required choices={kinds} value={form.values.kind} onChoose={(kind) => form.set({ kind })} {...at(form.trouble, "$.kind")} />
      <SelectField label={staffWords.licences.asks} required choices={asked} value={form.values.asked} onChoose={(chosen) => form.set({ asked: chosen })} {...at(form.trouble, "$.asked")} />
      <DateField label={staffWords.licences.from} required value={form.values.from_on} onChange={(from_on) => form.set({ from_on })} {...at(form.trouble, "$.from_on")} />
      <FormTrouble trouble={elsewhere} />
      <div>
        <Button type="submit" busy={form.busy}>{staffWords.licences.save}</Button>
      </div>
    </form>
  );
}
