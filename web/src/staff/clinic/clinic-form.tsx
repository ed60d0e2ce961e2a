import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { ZoneField } from "../../ui/time/zone-field.tsx";
import type { ClinicView, DescribeClinic } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { calls } from "../first-run/calls.ts";
import { useWrong } from "../programs/wrong.ts";

interface Props {
  readonly clinic: ClinicView;
  readonly save: string;
  readonly onSaved: (clinic: ClinicView) => void;
}

const LANGUAGES: readonly DescribeClinic["language"][] = ["en", "es"];

/** The clinic's name, zone and language. */
export function ClinicForm({ clinic, save, onSaved }: Props) {
  const form = useForm({
    name: "clinic",
    blank: { name: clinic.name, timezone: clinic.timezone as string | null, language: clinic.language },
    send: async ({ name, timezone, language }) => onSaved(await calls.describeClinic({ name, timezone: timezone ?? "", language })),
  });
  const { at, rest } = useWrong("clinic", ["name", "timezone", "language"], form.trouble);
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      <TextField {...at("name")} label={staffWords.clinic.name} help={staffWords.clinic.nameHelp} required value={form.values.name} onInput={(name) => form.set({ name })} />
      <ZoneField {...at("timezone")} label={staffWords.clinic.zone} required value={form.values.timezone} onChange={(timezone) => form.set({ timezone })} />
      <SelectField
        {...at("language")} label={staffWords.clinic.language} help={staffWords.clinic.languageHelp} required
        choices={LANGUAGES.map((value) => ({ value, label: staffWords.clinic.languages[value] }))}
        value={form.values.language} onChoose={(language) => form.set({ language })}
      />
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{save}</Button>
      </div>
    </form>
  );
}
