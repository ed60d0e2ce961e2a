import { staffWords } from "../../../messages/words.ts";
import { SelectField } from "../../../ui/forms/choices.tsx";
import { TextField } from "../../../ui/forms/text-field.tsx";
import { DateField } from "../../../ui/time/date-field.tsx";
import { ZoneField } from "../../../ui/time/zone-field.tsx";
import type { ClientView } from "../../../wire/api.gen.ts";
import type { Form } from "../../../wire/form.ts";
import { at } from "../refused.ts";

/** Who a client is, as a form holds it. */
export interface Person {
  readonly name: string;
  readonly legal_name: string;
  readonly date_of_birth: string | null;
  readonly language: string | null;
  readonly timezone: string | null;
  readonly home_state: string | null;
}

export const NOBODY: Person = { name: "", legal_name: "", date_of_birth: null, language: null, timezone: null, home_state: null };

/** The fields are words about a person: they stay on the screen, and in no storage. */
export const UNKEPT: readonly (keyof Person)[] = ["name", "legal_name", "date_of_birth", "language", "timezone", "home_state"];

export function personOf({ name, legal_name, date_of_birth, language, timezone, home_state }: ClientView): Person {
  return { name, legal_name, date_of_birth, language, timezone, home_state };
}

type Language = keyof typeof staffWords.clients.languages;
const NONE = "none";

/** A language's name; a code without one is shown as it is. */
export const languageWord = (code: string): string => staffWords.clients.languages[code as Language] ?? code;

/** The fields about the person. */
export function PersonFields({ form: { values, set, trouble } }: { readonly form: Pick<Form<Person>, "values" | "set" | "trouble"> }) {
  const codes = Object.keys(staffWords.clients.languages);
  const known = values.language === null || codes.includes(values.language) ? codes : [...codes, values.language];
  const choices = [{ value: NONE, label: staffWords.clients.none }, ...known.map((value) => ({ value, label: languageWord(value) }))];
  return (
    <>
      <TextField label={staffWords.clients.name} help={staffWords.clients.nameHelp} required maxLength={400} value={values.name} onInput={(name) => set({ name })} {...at(trouble, "$.name")} />
      <TextField label={staffWords.clients.legalName} help={staffWords.clients.legalNameHelp} maxLength={400} value={values.legal_name} onInput={(legal_name) => set({ legal_name })} {...at(trouble, "$.legal_name")} />
      <DateField label={staffWords.clients.born} help={staffWords.clients.bornHelp} leaning="past" value={values.date_of_birth} onChange={(date_of_birth) => set({ date_of_birth })} {...at(trouble, "$.date_of_birth")} />
      <SelectField label={staffWords.clients.language} value={values.language ?? NONE} choices={choices} onChoose={(language) => set({ language: language === NONE ? null : language })} {...at(trouble, "$.language")} />
      <ZoneField label={staffWords.clients.zone} value={values.timezone} onChange={(timezone) => set({ timezone })} {...at(trouble, "$.timezone")} />
      <TextField label={staffWords.clients.homeState} help={staffWords.clients.homeStateHelp} maxLength={2} value={values.home_state ?? ""} onInput={(typed) => set({ home_state: typed === "" ? null : typed.toUpperCase() })} {...at(trouble, "$.home_state")} />
    </>
  );
}
