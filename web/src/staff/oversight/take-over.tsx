import { useState } from "preact/hooks";
import type { TakeoverReason } from "../../wire/api.gen.ts";
import { api } from "../api.ts";
import { sentenceOf } from "../../wire/request.ts";
import { Banner } from "../../ui/banner.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const REASONS: ReadonlyArray<readonly [TakeoverReason, string]> = [
  ["did_not_come", "The facilitator did not come"],
  ["left", "The facilitator left"],
  ["sent_out", "The facilitator was sent out"],
  ["other", "Another reason"],
];

/** For who oversees the clinic: become facilitator of a session that has none in its room. */
export function TakeOver({ session, onTaken }: { session: string; onTaken: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <div class="stack-tight">
      <p>When no facilitator is in the room, you can run this session yourself.</p>
      <div class="row">
        <button type="button" class="button" onClick={() => setAsking(true)}>
          Take responsibility
        </button>
      </div>
      {asking && <Ask session={session} onTaken={onTaken} onClose={() => setAsking(false)} />}
    </div>
  );
}

interface AskProps {
  readonly session: string;
  readonly onTaken: () => void;
  readonly onClose: () => void;
}

function Ask({ session, onTaken, onClose }: AskProps) {
  const [why, setWhy] = useState<TakeoverReason>("did_not_come");
  const [refused, setRefused] = useState<string | null>(null);
  const take = async () => {
    try {
      await api.takeResponsibility(session, why);
      onTaken();
      onClose();
    } catch (error) {
      setRefused(sentenceOf(error));
    }
  };
  return (
    <Dialog title="Take responsibility for this session?" onClose={onClose}>
      <p>You become its facilitator: you run the room, and clients' time counts while you are in it. This is recorded with your name.</p>
      <div class="field">
        <label for="take-over-why">Why</label>
        <select
          id="take-over-why"
          class="select"
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value as TakeoverReason)}
        >
          {REASONS.map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {refused !== null && <Banner tone="bad">{refused}</Banner>}
      <div class="answers">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="button main" onClick={take}>
          Take responsibility
        </button>
      </div>
    </Dialog>
  );
}
