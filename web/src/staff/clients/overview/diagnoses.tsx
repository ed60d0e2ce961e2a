import { useState } from "preact/hooks";
import { dateAt, dateOf } from "../../../format.ts";
import { staffWords } from "../../../messages/words.ts";
import { at as now } from "../../../now.ts";
import { Wait } from "../../../ui/banner.tsx";
import { Failed } from "../../../ui/feedback/states.tsx";
import { toast } from "../../../ui/feedback/toasts.ts";
import { Button } from "../../../ui/forms/button.tsx";
import { TextField } from "../../../ui/forms/text-field.tsx";
import { FormTrouble } from "../../../ui/form-trouble.tsx";
import { DateField } from "../../../ui/time/date-field.tsx";
import { dayIn } from "../../../ui/time/parse/days.ts";
import type { DiagnosisView } from "../../../wire/api.gen.ts";
import { useForm } from "../../../wire/form.ts";
import { useLoaded } from "../../../wire/loaded.ts";
import { sentenceOf } from "../../../wire/request.ts";
import { may } from "../../office/navigation.ts";
import { useOffice } from "../../office/signed-in.ts";
import { clientsApi } from "../api.ts";
import { at, useRefused } from "../refused.ts";

type Codes = readonly DiagnosisView[];

/** The client's diagnosis codes: added, ended and ordered by whoever may. */
export function DiagnosisSection({ client }: { readonly client: string }) {
  const { me } = useOffice();
  const [loaded, again] = useLoaded(`diagnoses ${client}`, () => clientsApi.diagnoses(client));
  const [changed, setChanged] = useState<Codes | null>(null);
  const edits = may(me, "diagnoses.edit");
  const codes = changed ?? (loaded.is === "there" ? loaded.value : null);
  return (
    <section class="card stack client-section" aria-labelledby="diagnoses">
      <h2 id="diagnoses">{staffWords.clients.diagnoses}</h2>
      {loaded.is === "loading" && <Wait>{staffWords.pages.opening}</Wait>}
      {loaded.is === "failed" && <Failed sentence={loaded.sentence} onAgain={again} />}
      {codes?.length === 0 && <p class="soft">{staffWords.clients.noDiagnoses}</p>}
      {codes !== null && codes.length > 0 && (
        <ol class="stack-tight">
          {codes.map((one, place) => (
            <li key={one.id} class="stack-tight">
              <Said code={one} main={place === 0 && codes.length > 1} />
              {edits && <Actions client={client} code={one} codes={codes} onChanged={setChanged} />}
            </li>
          ))}
        </ol>
      )}
      {edits && codes !== null && <AddCode client={client} onChanged={setChanged} />}
    </section>
  );
}

function Said({ code, main }: { readonly code: DiagnosisView; readonly main: boolean }) {
  const until = code.ends_on === null ? staffWords.clients.open : dateOf(code.ends_on);
  return (
    <p>
      <strong>{code.code}</strong> {main && <span class="badge">{staffWords.clients.main}</span>} {dateOf(code.starts_on)} – {until}
      <br />
      <span class="small soft">{staffWords.clients.addedBy(code.added_by, dateAt(code.added_at))}</span>
    </p>
  );
}

interface ActionProps {
  readonly client: string;
  readonly code: DiagnosisView;
  readonly codes: Codes;
  readonly onChanged: (codes: Codes) => void;
}

function Actions({ client, code, codes, onChanged }: ActionProps) {
  const act = async (sentence: string, change: () => Promise<Codes>, undo: (after: Codes) => Promise<Codes>) => {
    try {
      const after = await change();
      onChanged(after);
      toast(sentence, async () => onChanged(await undo(after)));
    } catch (error) {
      toast(sentenceOf(error));
    }
  };
  const end = (ends_on: string | null) => () => clientsApi.endDiagnosis(client, code.id, ends_on);
  const ids = codes.map(({ id }) => id);
  const endToday = () => act(staffWords.clients.ended(code.code), end(later(dayIn(now()), code.starts_on)), end(null));
  const reopen = () => act(staffWords.clients.reopened(code.code), end(null), end(code.ends_on));
  const makeMain = () =>
    act(
      staffWords.clients.madeMain(code.code),
      () => clientsApi.orderDiagnoses(client, [code.id, ...ids.filter((id) => id !== code.id)]),
      () => clientsApi.orderDiagnoses(client, ids),
    );
  const withdraw = () =>
    act(
      staffWords.clients.withdrawn(code.code),
      () => clientsApi.withdrawDiagnosis(client, code.id),
      () => clientsApi.addDiagnosis(client, { code: code.code, starts_on: code.starts_on, ends_on: code.ends_on }),
    );
  const which = <span class="unseen"> {staffWords.clients.moreFor(code.code)}</span>;
  return (
    <div class="row">
      {code.ends_on === null ? (
        <Button kind="plain" onPress={() => void endToday()}>{staffWords.clients.endToday}{which}</Button>
      ) : (
        <Button kind="plain" onPress={() => void reopen()}>{staffWords.clients.reopen}{which}</Button>
      )}
      {codes[0] !== code && <Button kind="plain" onPress={() => void makeMain()}>{staffWords.clients.makeMain}{which}</Button>}
      <Button kind="plain" onPress={() => void withdraw()}>{staffWords.clients.withdraw}{which}</Button>
    </div>
  );
}

const later = (one: string, other: string): string => (one > other ? one : other);

interface Added {
  readonly code: string;
  readonly starts_on: string | null;
}

function AddCode({ client, onChanged }: { readonly client: string; readonly onChanged: (codes: Codes) => void }) {
  const form = useForm<Added>({
    name: `client ${client} diagnosis`,
    blank: { code: "", starts_on: dayIn(now()) },
    unkept: ["code", "starts_on"],
    send: async ({ code, starts_on }) => {
      onChanged(await clientsApi.addDiagnosis(client, { code, starts_on: starts_on ?? dayIn(now()) }));
      toast(staffWords.clients.added(code.toUpperCase()));
    },
  });
  const elsewhere = useRefused(form.trouble);
  return (
    <form class="client-way" noValidate onSubmit={form.submit}>
      <TextField label={staffWords.clients.code} help={staffWords.clients.codeHelp} required maxLength={12} value={form.values.code} onInput={(code) => form.set({ code })} {...at(form.trouble, "$.code")} />
      <DateField label={staffWords.clients.from} required leaning="past" value={form.values.starts_on} onChange={(starts_on) => form.set({ starts_on })} {...at(form.trouble, "$.starts_on")} />
      <FormTrouble trouble={elsewhere} />
      <div class="row">
        <Button type="submit" busy={form.busy} busyWords={staffWords.clients.adding}>{staffWords.clients.addCode}</Button>
      </div>
    </form>
  );
}
