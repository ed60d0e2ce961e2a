import { useState } from "preact/hooks";
import { staffWords } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";
import { Question } from "../ui/dialog.tsx";
import { FormTrouble } from "../ui/form-trouble.tsx";
import { SelectField } from "../ui/forms/choices.tsx";
import type { CancelSession, Session } from "../wire/api.gen.ts";
import { unlessChanged } from "../wire/conflict.ts";
import { type Form, useForm } from "../wire/form.ts";
import { titleOf } from "../words.ts";
import { api } from "./api.ts";
import { phaseWord } from "./words.ts";

interface CancellationProps {
  readonly session: Session;
  readonly onChanged: (session: Session) => void;
}

/** Cancels a session after a question, and reinstates it at once. Shows it if another person did so first. */
export function Cancellation({ session, onChanged }: CancellationProps) {
  const [asking, setAsking] = useState(false);
  const [theirs, setTheirs] = useState<Session | null>(null);
  const change = async (changing: Promise<Session>) => {
    setTheirs(null);
    const outcome = await unlessChanged(changing, () => api.session(session.id));
    if (outcome.is === "changed_elsewhere") setTheirs(outcome.theirs);
    onChanged(outcome.is === "done" ? outcome.value : outcome.theirs);
  };
  const cancel = useForm<CancelSession>({
    name: `cancel ${session.id}`,
    blank: { reason: "facilitator_unavailable" },
    send: (body) => change(api.cancelSession(session.id, body)),
  });
  const reinstate = useForm({ name: `reinstate ${session.id}`, blank: {}, send: () => change(api.reinstateSession(session.id)) });
  const close = () => {
    setAsking(false);
    cancel.clear();
  };
  const confirm = () => {
    setAsking(false);
    void cancel.submit();
  };
  const changedBySomebodyElse = theirs !== null && (
    <Banner tone="warn">{staffWords.pages.changedElsewhere(phaseWord(theirs.phase))}</Banner>
  );
  if (!session.may_cancel || session.phase === "ended" || session.phase === "live") return <>{changedBySomebodyElse}</>;
  return (
    <>
      {session.phase === "cancelled" ? (
        <button type="button" class="button" disabled={reinstate.busy} onClick={() => void reinstate.submit()}>
          {staffWords.pages.reinstate}
          <span class="unseen"> ({titleOf(session)})</span>
        </button>
      ) : (
        <button type="button" class="button" disabled={cancel.busy} onClick={() => setAsking(true)}>
          {staffWords.pages.cancel}
          <span class="unseen"> ({titleOf(session)})</span>
        </button>
      )}
      {asking && <Why session={session} form={cancel} onYes={confirm} onNo={close} />}
      {changedBySomebodyElse}
      <FormTrouble trouble={session.phase === "cancelled" ? reinstate.trouble : cancel.trouble} />
    </>
  );
}

interface WhyProps {
  readonly session: Session;
  readonly form: Form<CancelSession>;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Why({ session, form, onYes, onNo }: WhyProps) {
  const reasons = Object.entries(staffWords.codes.cancellations) as ReadonlyArray<[CancelSession["reason"], string]>;
  const choices = reasons.map(([value, label]) => ({ value, label }));
  return (
    <Question
      title={staffWords.pages.cancelAsk(titleOf(session))}
      yes={staffWords.pages.cancelYes}
      no={staffWords.pages.cancelNo}
      grave
      onYes={onYes}
      onNo={onNo}
    >
      <div class="stack">
        <p>{staffWords.pages.cancelMeans}</p>
        <SelectField label={staffWords.pages.why} required choices={choices} value={form.values.reason} onChoose={(reason) => form.set({ reason })} />
        <p class="soft">{staffWords.pages.takeBack}</p>
      </div>
    </Question>
  );
}
