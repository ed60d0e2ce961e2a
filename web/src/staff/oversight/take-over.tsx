import { useState } from "preact/hooks";
import { Dialog } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { type Choice, SelectField } from "../../ui/forms/choices.tsx";
import type { TakeoverReason } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { api } from "../api.ts";

const REASONS: readonly Choice<TakeoverReason>[] = [
  { value: "did_not_come", label: "The facilitator did not come" },
  { value: "left", label: "The facilitator left" },
  { value: "sent_out", label: "The facilitator was sent out" },
  { value: "other", label: "Another reason" },
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
      <SelectField label="Why" required choices={REASONS} value={form.values.why} onChoose={(why) => form.set({ why })} />
      <FormTrouble trouble={form.trouble} />
      <div class="answers">
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" busy={form.busy} onPress={() => void form.submit()}>
          Take responsibility
        </Button>
      </div>
    </Dialog>
  );
}
