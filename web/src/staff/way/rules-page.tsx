import { useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { IntakeRules, SetRules } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { wayApi } from "./api.ts";
import { ClockRules, Questions, Reasons, Summaries } from "./rule-lists.tsx";
import "./way.css";

type Lists = Omit<SetRules, "from_on">;

/** The clinic's rules of intake and discharge as they hold on a day; a change holds from that day on. */
export function IntakeRulesPage() {
  const { me } = useOffice();
  const [day, setDay] = useState<string | null>(null);
  const [loaded, again] = useLoaded(`intake-rules ${day ?? ""}`, () => wayApi.rules(day));
  const { rules } = staffWords.way;
  return (
    <div class="stack">
      <PageHead title={rules.title} lead={rules.lead} />
      {loaded.is === "failed" && <NotShown loaded={loaded} again={again} />}
      {loaded.is === "loading" && <Wait>{rules.fetching}</Wait>}
      {loaded.is === "there" && <Shown key={loaded.value.on} loaded={loaded.value} changes={may(me, "programs.manage")} onDay={setDay} />}
    </div>
  );
}

interface ShownProps {
  readonly loaded: IntakeRules;
  readonly changes: boolean;
  readonly onDay: (day: string | null) => void;
}

function Shown({ loaded, changes, onDay }: ShownProps) {
  const [known, setKnown] = useState(loaded);
  const { rules } = staffWords.way;
  const save = async (lists: Lists) => {
    setKnown(await wayApi.setRules({ from_on: known.on, ...lists }));
    toast(rules.saved(dayOf(known.on)));
  };
  const open = changes && known.on >= known.today;
  const lists = { known, save: open ? save : null };
  return (
    <>
      <div class="narrow">
        <DateField label={rules.on} required help={open ? rules.onHelp : rules.past} value={known.on} onChange={(day) => day !== null && onDay(day)} />
      </div>
      <Questions {...lists} />
      <Reasons {...lists} />
      <ClockRules {...lists} />
      <Summaries {...lists} />
      <section class="card stack-tight" aria-labelledby="rule-versions">
        <h2 id="rule-versions">{rules.versions}</h2>
        {known.versions.length === 0 && <p class="soft">{rules.asShipped}</p>}
        <ul class="bullets">
          {known.versions.map((each) => (
            <li key={`${each.kind} ${each.at}`}>{rules.version(rules.lists[each.kind], dayOf(each.from_on), each.by_name)}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
