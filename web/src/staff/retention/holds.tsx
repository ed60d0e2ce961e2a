import { useState } from "preact/hooks";
import { dateAt } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { LongTextField } from "../../ui/forms/text-field.tsx";
import { Combobox } from "../../ui/search/combobox.tsx";
import type { Find } from "../../ui/search/found.ts";
import type { Option } from "../../ui/search/matching.ts";
import type { LegalHold } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { sentenceOf } from "../../wire/request.ts";
import { clientsApi } from "../clients/api.ts";
import { at, useRefused } from "../clients/refused.ts";
import { retentionApi } from "./api.ts";

interface Props {
  readonly holds: readonly LegalHold[];
  readonly again: () => void;
}

/** The holds that stop everything about a person, and the form for another. */
export function Holds({ holds, again }: Props) {
  const [holding, setHolding] = useState(false);
  const [releasing, setReleasing] = useState<LegalHold | null>(null);
  const release = async (hold: LegalHold) => {
    await retentionApi.release(hold.id);
    setReleasing(null);
    toast(staffWords.retention.isReleased(hold.name));
    again();
  };
  return (
    <section class="card stack" aria-labelledby="holds">
      <h2 id="holds">{staffWords.retention.holds}</h2>
      <p class="soft">{staffWords.retention.holdsMean}</p>
      {holds.length > 0 && (
        <Table caption={staffWords.retention.holds} unseenCaption columns={columns(setReleasing)} rows={holds} keyOf={({ id }) => id} />
      )}
      {holding ? (
        <HoldForm onClose={() => setHolding(false)} again={again} />
      ) : (
        <div class="row">
          <Button onPress={() => setHolding(true)}>{staffWords.retention.hold}</Button>
        </div>
      )}
      {releasing !== null && (
        <Question
          title={staffWords.retention.releaseAsk(releasing.name)}
          yes={staffWords.retention.release}
          grave
          consequences={staffWords.retention.releaseThen}
          sentenceOf={sentenceOf}
          onYes={() => release(releasing)}
          onNo={() => setReleasing(null)}
        />
      )}
    </section>
  );
}

const columns = (onRelease: (hold: LegalHold) => void): readonly Column<LegalHold>[] => [
  { name: "name", label: staffWords.retention.client, cell: ({ name }) => name },
  { name: "why", label: staffWords.retention.why, cell: ({ reason }) => <span class="long-word">{reason}</span> },
  { name: "since", label: staffWords.retention.since, cell: (hold) => staffWords.retention.heldBy(dateAt(hold.held_at), hold.held_by_name) },
  {
    name: "act", label: staffWords.retention.act, cell: (hold) => (
      <button type="button" class="button" onClick={() => onRelease(hold)}>
        {staffWords.retention.release}
        <span class="unseen">: {hold.name}</span>
      </button>
    ),
  },
];

const find: Find = async (typed) => {
  const { items } = await clientsApi.search({ text: typed });
  return items.map((row) => ({ value: row.id, label: row.distinction === null ? row.name : `${row.name} (${row.distinction})` }));
};

interface Typed {
  readonly client: Option | null;
  readonly reason: string;
}

class Missing extends Error {}

function HoldForm({ onClose, again }: { readonly onClose: () => void; readonly again: () => void }) {
  const form = useForm<Typed>({
    name: "hold",
    blank: { client: null, reason: "" },
    unkept: ["client", "reason"],
    send: async ({ client, reason }) => {
      if (client === null || reason.trim() === "") throw new Missing();
      await retentionApi.hold(client.value, { reason });
      toast(staffWords.retention.isHeld(client.label));
      onClose();
      again();
    },
  });
  const missing = form.trouble?.error instanceof Missing;
  const elsewhere = useRefused(missing ? null : form.trouble);
  const { client, reason } = form.values;
  return (
    <form class="stack narrow" noValidate onSubmit={form.submit}>
      <Combobox
        label={staffWords.retention.client}
        help={staffWords.retention.clientHelp}
        required
        error={missing && client === null ? staffWords.retention.whom : null}
        chosen={client}
        onChoose={(chosen) => form.set({ client: chosen })}
        find={find}
      />
      <LongTextField
        {...at(form.trouble, "$.reason")}
        {...(missing && reason.trim() === "" ? { error: staffWords.retention.sayWhy } : {})}
        label={staffWords.retention.why}
        help={staffWords.retention.whyHelp}
        required
        rows={2}
        value={reason}
        onInput={(typed) => form.set({ reason: typed })}
      />
      <FormTrouble trouble={elsewhere} />
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy} busyWords={staffWords.retention.saving}>
          {staffWords.retention.hold}
        </Button>
        <Button onPress={onClose}>{staffWords.retention.cancel}</Button>
      </div>
    </form>
  );
}
