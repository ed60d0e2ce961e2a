import { useState } from "preact/hooks";
import { at as nowAt } from "../../now.ts";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { type CalendarDay, dayIn } from "../../ui/time/parse/days.ts";
import type { ChangePolicy, PolicyPreview, Program, ProgramPolicies } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { calls } from "./calls.ts";
import type { PartProps } from "./overview.tsx";
import { useWrong } from "./wrong.ts";
import { policySaid } from "./words.ts";

/** The attendance policies by the day they begin, and a change from today or later. */
export function Policy({ program, changes }: PartProps) {
  const [loaded, again] = useLoaded(`policies ${program.id}`, () => calls.policies(program.id));
  if (loaded.is === "loading") return <Wait>{staffWords.programs.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  const { first, changes: dated } = loaded.value;
  return (
    <div class="stack">
      <section class="card stack-tight">
        <h2>{staffWords.programs.policies}</h2>
        <ul class="bullets">
          <li>{staffWords.programs.fromStart(policySaid(first.id, first.version))}</li>
          {dated.map(({ from_on, policy_id, policy_version }, index) => (
            <li key={index}>{staffWords.programs.since(dayOf(from_on), policySaid(policy_id, policy_version))}</li>
          ))}
        </ul>
      </section>
      {changes && <Change program={program} policies={loaded.value} onChanged={again} />}
    </div>
  );
}

interface ChangeProps {
  readonly program: Program;
  readonly policies: ProgramPolicies;
  readonly onChanged: () => void;
}

interface Asked {
  readonly change: ChangePolicy;
  readonly preview: PolicyPreview;
}

/** `evening-sud 1` chooses that policy in that version. */
function changeOf(policy: string | null, from_on: CalendarDay | null): ChangePolicy {
  const [policy_id = "", version = "1"] = (policy ?? "").split(" ");
  return { from_on: from_on ?? "", policy_id, policy_version: Number(version) };
}

function Change({ program, policies, onChanged }: ChangeProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const today = dayIn(nowAt(), program.timezone);
  const form = useForm({
    name: `policy ${program.id}`,
    blank: { policy_id: null as string | null, from_on: today as CalendarDay | null },
    send: async ({ policy_id, from_on }) => {
      const change = changeOf(policy_id, from_on);
      setAsked({ change, preview: await calls.preview(program.id, change) });
    },
  });
  const { at, rest } = useWrong("policy", ["policy_id", "from_on"], form.trouble);
  const choices = policies.known.map(({ id, version, title }) => ({ value: `${id} ${version}`, label: `${policySaid(id, version)}: ${title}` }));
  const save = async ({ change }: Asked) => {
    await calls.changePolicy(program.id, change);
    setAsked(null);
    toast(staffWords.programs.saved);
    onChanged();
  };
  return (
    <form class="card stack narrow" onSubmit={form.submit} noValidate>
      <h2>{staffWords.programs.changePolicy}</h2>
      <FormTrouble trouble={rest} />
      <SelectField {...at("policy_id")} label={staffWords.programs.policy} required choices={choices} value={form.values.policy_id} onChoose={(policy_id) => form.set({ policy_id })} />
      <DateField {...at("from_on")} label={staffWords.programs.from} help={staffWords.programs.policyFromHelp} required zone={program.timezone} value={form.values.from_on} onChange={(from_on) => form.set({ from_on })} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.programs.whatItChanges}</Button>
      </div>
      {asked !== null && (
        <Question
          title={staffWords.programs.changeTo(policySaid(asked.change.policy_id, asked.change.policy_version), dayOf(asked.change.from_on))}
          yes={staffWords.programs.change} onYes={() => save(asked)} onNo={() => setAsked(null)} sentenceOf={sentenceOf}
          consequences={consequencesOf(asked.preview)}
        />
      )}
    </form>
  );
}

const consequencesOf = ({ sessions, first }: PolicyPreview): readonly string[] =>
  first === null ? [staffWords.programs.replansNone] : [staffWords.programs.replans(sessions, dayOf(first)), staffWords.programs.startedStay];
