import { useState } from "preact/hooks";
import { dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { at as nowAt } from "../../now.ts";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { addDays, dayIn } from "../../ui/time/parse/days.ts";
import type { LocalDate, ToErase as Listed } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { at, useRefused } from "../clients/refused.ts";
import { clientPath } from "../router.ts";
import { retentionApi } from "./api.ts";

interface Props {
  readonly clients: readonly Listed[];
  readonly listed: number;
  readonly again: () => void;
}

/** The clients who will be erased, the first to go first. */
export function ToErase({ clients, listed, again }: Props) {
  const [postponing, setPostponing] = useState<Listed | null>(null);
  return (
    <section class="card stack" aria-labelledby="to-erase">
      <h2 id="to-erase">{staffWords.retention.toErase}</h2>
      <p class="soft">{clients.length === 0 ? staffWords.retention.nobody : staffWords.retention.toEraseMeans}</p>
      {clients.length > 0 && (
        <Table caption={staffWords.retention.toErase} unseenCaption columns={columns(setPostponing)} rows={clients} keyOf={({ person }) => person} />
      )}
      {listed > clients.length && <p class="small soft">{staffWords.retention.further(listed - clients.length)}</p>}
      {postponing !== null && <Postpone client={postponing} onClose={() => setPostponing(null)} again={again} />}
    </section>
  );
}

const columns = (onPostpone: (client: Listed) => void): readonly Column<Listed>[] => [
  { name: "name", label: staffWords.retention.client, cell: ({ person, name }) => <a href={clientPath(person)}>{name}</a> },
  { name: "listed", label: staffWords.retention.listedOn, cell: ({ listed_on }) => dateOf(listed_on) },
  { name: "erased", label: staffWords.retention.erasedOn, cell: When },
  {
    name: "act", label: staffWords.retention.act, cell: (client) => (
      <button type="button" class="button" onClick={() => onPostpone(client)}>
        {staffWords.retention.postpone}
        <span class="unseen">: {client.name}</span>
      </button>
    ),
  },
];

function When({ erased_on, postponed_until, held }: Listed) {
  return (
    <div class="row">
      <span>{dateOf(erased_on)}</span>
      {held && <span class="badge warn">{staffWords.retention.held}</span>}
      {postponed_until !== null && <span class="badge calm">{staffWords.retention.postponed}</span>}
    </div>
  );
}

interface PostponeProps {
  readonly client: Listed;
  readonly onClose: () => void;
  readonly again: () => void;
}

function Postpone({ client, onClose, again }: PostponeProps) {
  const today = dayIn(nowAt());
  const form = useForm<{ until: LocalDate | null }>({
    name: `postpone ${client.person}`,
    blank: { until: null },
    send: async ({ until }) => {
      await retentionApi.postpone(client.person, until ?? "");
      toast(staffWords.retention.isPostponed(client.name, dateOf(until ?? today)));
      onClose();
      again();
    },
  });
  const elsewhere = useRefused(form.trouble);
  const close = () => {
    form.clear();
    onClose();
  };
  return (
    <Dialog title={staffWords.retention.postponeTitle(client.name)} onClose={close}>
      <form class="stack" noValidate onSubmit={form.submit}>
        <p>{staffWords.retention.postponeMeans}</p>
        <DateField
          {...at(form.trouble, "$.until")}
          label={staffWords.retention.until}
          required
          first={addDays(today, 1)}
          value={form.values.until}
          onChange={(until) => form.set({ until })}
        />
        <FormTrouble trouble={elsewhere} />
        <div class="answers">
          <Button onPress={close}>{staffWords.retention.cancel}</Button>
          <Button kind="main" type="submit" busy={form.busy} busyWords={staffWords.retention.saving}>
            {staffWords.retention.postpone}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
