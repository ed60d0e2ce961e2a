import { useState } from "preact/hooks";
import { api } from "./api.ts";
import { sentenceOf } from "../wire/request.ts";
import type { CancelSession, Session } from "../wire/api.gen.ts";
import { Banner } from "../ui/banner.tsx";
import { Question } from "../ui/dialog.tsx";
import { CANCELLATION_REASONS } from "./words.ts";
import { titleOf } from "../words.ts";

interface CancellationProps {
  readonly session: Session;
  readonly onChanged: (session: Session) => void;
}

/** Calls a session off after asking, and takes that back at once. */
export function Cancellation({ session, onChanged }: CancellationProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!session.may_cancel || session.phase === "ended" || session.phase === "live") return null;
  const carryOut = async (act: () => Promise<Session>) => {
    setAsking(false);
    setBusy(true);
    setTrouble(null);
    try {
      onChanged(await act());
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {session.phase === "cancelled" ? (
        <button type="button" class="button" disabled={busy} onClick={() => carryOut(() => api.reinstateSession(session.id))}>
          Let it take place after all<span class="unseen"> ({titleOf(session)})</span>
        </button>
      ) : (
        <button type="button" class="button" disabled={busy} onClick={() => setAsking(true)}>
          Cancel session<span class="unseen"> ({titleOf(session)})</span>
        </button>
      )}
      {asking && (
        <Why
          session={session}
          onNo={() => setAsking(false)}
          onYes={(reason) => carryOut(() => api.cancelSession(session.id, { reason }))}
        />
      )}
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
    </>
  );
}

interface WhyProps {
  readonly session: Session;
  readonly onYes: (reason: CancelSession["reason"]) => void;
  readonly onNo: () => void;
}

function Why({ session, onYes, onNo }: WhyProps) {
  const [reason, setReason] = useState<CancelSession["reason"]>("facilitator_unavailable");
  const reasons = Object.entries(CANCELLATION_REASONS) as ReadonlyArray<[CancelSession["reason"], string]>;
  return (
    <Question
      title={`Cancel ${titleOf(session)}?`}
      yes="Cancel the session"
      no="Keep it"
      grave
      onYes={() => onYes(reason)}
      onNo={onNo}
    >
      <div class="stack">
        <p>
          Whoever waits, and whoever opens their link, reads that it does not take place. Nobody is credited in it, and nobody
          counts as absent. Vesper sends no message to anybody: tell the people who are expected yourself.
        </p>
        <div class="field">
          <label for="why">Why</label>
          <select id="why" class="select" value={reason} onChange={(event) => setReason(event.currentTarget.value as CancelSession["reason"])}>
            {reasons.map(([code, word]) => (
              <option key={code} value={code}>
                {word}
              </option>
            ))}
          </select>
        </div>
        <p class="soft">You can take it back.</p>
      </div>
    </Question>
  );
}
