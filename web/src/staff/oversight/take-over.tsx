import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { type Choice, SelectField } from "../../ui/forms/choices.tsx";
import type { TakeoverReason } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { api } from "../api.ts";

function reasons(): readonly Choice<TakeoverReason>[] {
  const words = Object.entries(staffWords.codes.takeovers) as ReadonlyArray<[TakeoverReason, string]>;
  return words.map(([value, label]) => ({ value, label }));
}

/** For overseers of the clinic: become facilitator of a session that has none in its room. */
export function TakeOver({ session, onTaken }: { session: string; onTaken: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <div class="stack-tight">
      <p>{staffWords.panel.canRun}</p>
      <div class="row">
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {staffWords.panel.takeOver}
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
    name: `takeover ${session}`,
    blank: { why: "did_not_come" },
    send: async ({ why }) => {
      await api.takeResponsibility(session, why);
      onTaken();
      onClose();
    },
  });
  return (
    <Dialog title={staffWords.panel.takeOverAsk} onClose={onClose}>
      <p>{staffWords.panel.takeOverMeans}</p>
      <SelectField label={staffWords.panel.why} required choices={reasons()} value={form.values.why} onChoose={(why) => form.set({ why })} />
      <FormTrouble trouble={form.trouble} />
      <div class="answers">
        <Button onPress={onClose}>{staffWords.common.cancel}</Button>
        <Button kind="main" busy={form.busy} onPress={() => void form.submit()}>
          {staffWords.panel.takeOver}
        </Button>
      </div>
    </Dialog>
  );
}
