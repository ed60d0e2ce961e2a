import { staffWords } from "../../messages/words.ts";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { Licence, LicenceKind, StaffMember, WriteLicence } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { at, useRefused } from "../clients/refused.ts";
import { licencesApi } from "./api.ts";

interface Props {
  readonly member: StaffMember;
  /** The one that is corrected; null for a new one. */
  readonly licence: Licence | null;
  readonly onDone: (list: ReadonlyArray<Licence>) => void;
  readonly onCancel: () => void;
}

interface Values {
  readonly kind: LicenceKind | null;
  readonly state: string;
  readonly number: string;
  readonly npi: string;
  readonly from_on: string | null;
  readonly to_on: string | null;
}

const BLANK: Values = { kind: null, state: "", number: "", npi: "", from_on: null, to_on: null };

/** What the service is told of a licence. */
export function written({ kind, state, number, npi, from_on, to_on }: Licence): WriteLicence {
  return { kind, state, number, npi, from_on, to_on };
}

/** A new licence, or one that is corrected. */
export function LicenceForm({ member, licence, onDone, onCancel }: Props) {
  const form = useForm<Values>({
    name: `licence ${member.id} ${licence?.id ?? "new"}`,
    blank: licence === null ? BLANK : { ...licence, npi: licence.npi ?? "" },
    send: async ({ kind, state, number, npi, from_on, to_on }) => {
      const body = { kind, state: state.trim().toUpperCase(), number, npi: npi.replaceAll(" ", "") || null, from_on, to_on } as WriteLicence;
      const after = await (licence === null ? licencesApi.add(member.id, body) : licencesApi.correct(licence.id, body));
      toast(staffWords.licences.saved);
      onDone(after);
    },
  });
  const elsewhere = useRefused(form.trouble);
  const { values, set, trouble } = form;
  const kinds = (Object.keys(staffWords.licences.kinds) as LicenceKind[]).map((kind) => ({ value: kind, label: staffWords.licences.kinds[kind] }));
  return (
    <form class="stack narrow" noValidate onSubmit={form.submit} aria-label={licence === null ? staffWords.licences.add : staffWords.licences.correct}>
      <SelectField label={staffWords.licences.kind} required choices={kinds} value={values.kind} onChoose={(kind) => set({ kind })} {...at(trouble, "$.kind")} />
      <TextField label={staffWords.licences.state} help={staffWords.licences.stateHelp} required maxLength={2} value={values.state} onInput={(state) => set({ state })} {...at(trouble, "$.state")} />
      <TextField label={staffWords.licences.number} required value={values.number} onInput={(number) => set({ number })} {...at(trouble, "$.number")} />
      <TextField label={staffWords.licences.npi} help={staffWords.licences.npiHelp} inputMode="numeric" value={values.npi} onInput={(npi) => set({ npi })} {...at(trouble, "$.npi")} />
      <DateField label={staffWords.licences.from} required leaning="past" value={values.from_on} onChange={(from_on) => set({ from_on })} {...at(trouble, "$.from_on")} />
      <DateField label={staffWords.licences.to} help={staffWords.licences.toHelp} value={values.to_on} onChange={(to_on) => set({ to_on })} {...at(trouble, "$.to_on")} />
      <FormTrouble trouble={elsewhere} />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.licences.save}</Button>
        <Button
          kind="plain"
          onPress={() => {
            form.clear();
            onCancel();
          }}
        >
          {staffWords.common.cancel}
        </Button>
      </div>
    </form>
  );
}
