import { useState } from "preact/hooks";
import { Dialog } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import type { TakeoverReason } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { api } from "../api.ts";

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
  const form = useForm<{ why: TakeoverReason }>({
    name: `take over ${session}`,
    blank: { why: "did_not_come" },
    send: async ({ why }) => {
      await api.takeResponsibility(session, why);
      onTaken();
      onClose();
    },
  });
  return (
    <Dialog title="Take responsibility for this session?" onClose={onClose}>
      <p>You become its facilitator: you run the room, and clients' time counts while you are in it. This is recorded with your name.</p>
      <div class="field">
        <label for="take-over-why">Why</label>
        <select
          id="take-over-why"
          class="select"
          value={form.values.why}
          onChange={(event) => form.set({ why: event.currentTarget.value as TakeoverReason })}
        >
          {REASONS.map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <FormTrouble trouble={form.trouble} />
      <div class="answers">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="button main" aria-disabled={form.busy} onClick={form.submit}>
          Take responsibility
        </button>
      </div>
    </Dialog>
  );
}
