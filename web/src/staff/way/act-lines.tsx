import { useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { Act, Effects, Timeline } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { wayApi } from "./api.ts";
import { changesSaid, momentOf, said } from "./words.ts";

interface Props {
  readonly timeline: Timeline;
  readonly decides: boolean;
  readonly onChanged: (timeline: Timeline) => void;
  readonly onCorrect: (act: Act) => void;
}

/** The timeline: every act, also those that were withdrawn and those to come. */
export function ActLines({ timeline, decides, onChanged, onCorrect }: Props) {
  const [asked, setAsked] = useState<{ readonly act: Act; readonly effects: Effects } | null>(null);
  const ask = async (act: Act) => {
    try {
      setAsked({ act, effects: await wayApi.previewWithdrawal(act.id) });
    } catch (error) {
      toast(sentenceOf(error));
    }
  };
  const withdraw = async () => {
    if (asked === null) return;
    onChanged(await wayApi.withdraw(asked.act.id));
    setAsked(null);
    toast(staffWords.way.withdrawn);
  };
  return (
    <>
      <ol class="way-line">
        {timeline.acts.map((act) => (
          <li key={act.id} data-gone={act.withdrawn_at !== null}>
            <Line act={act} future={act.from_on > timeline.today} />
            {decides && act.withdrawn_at === null && (
              <div class="row no-print">
                <Button onPress={() => onCorrect(act)} aria-label={`${staffWords.way.correct}: ${named(act)}`}>{staffWords.way.correct}</Button>
                <Button onPress={() => void ask(act)} aria-label={`${staffWords.way.withdraw}: ${named(act)}`}>{staffWords.way.withdraw}</Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {asked !== null && (
        <Question
          title={staffWords.way.withdrawTitle(staffWords.way.acts[asked.act.kind], dayOf(asked.act.from_on))} yes={staffWords.way.withdrawIt} grave
          consequences={changesSaid(asked.effects)} onYes={withdraw} onNo={() => setAsked(null)} sentenceOf={sentenceOf}
        />
      )}
    </>
  );
}

const named = (act: Act): string => `${staffWords.way.acts[act.kind]}, ${dayOf(act.from_on)}`;

function Line({ act, future }: { readonly act: Act; readonly future: boolean }) {
  const { way } = staffWords;
  const title = (
    <strong>
      {way.acts[act.kind]}
      {act.phase_name !== null && `: ${act.phase_name}`}
    </strong>
  );
  return (
    <div class="stack-tight">
      <p>
        {act.withdrawn_at === null ? title : <s>{title}</s>}, {dayOf(act.from_on)}
        {future && act.withdrawn_at === null && <span class="badge"> {way.future}</span>}
      </p>
      {act.reason !== "" && <p>{act.reason_text || said(way.reasons, act.reason)}</p>}
      {act.words !== "" && <p class="way-said">{act.words}</p>}
      <p class="small soft">
        {momentOf(act.recorded_at)}
        {act.by_name !== null && ` · ${way.by(act.by_name)}`}
        {act.withdrawn_by_name !== null && ` · ${way.withdrawnBy(act.withdrawn_by_name)}`}
      </p>
    </div>
  );
}
