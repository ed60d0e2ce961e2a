import { locale, staffWords } from "../../messages/words.ts";
import { ChecksField } from "../../ui/forms/checks.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { AgreedText } from "../../wire/api.gen.ts";
import type { Form } from "../../wire/form.ts";
import { at } from "../clients/refused.ts";
import { choicesOf } from "../way/words.ts";
import type { ReleaseValues } from "./values.ts";

interface Props {
  readonly form: Pick<Form<ReleaseValues>, "values" | "set" | "trouble">;
  readonly text: AgreedText;
}

/** The release as the client signed it on paper; the signed-in person is recorded as who filed it. */
export function ReleaseFields({ form: { values, set, trouble }, text }: Props) {
  const words = staffWords.guests;
  return (
    <fieldset class="guest-part">
      <legend>{words.release}</legend>
      <p class="small soft">{words.releaseMeans}</p>
      <details>
        <summary>{words.releaseText(text.version)}</summary>
        <p>{locale() === "es" ? text.es : text.en}</p>
      </details>
      <ChecksField label={words.scopes} required choices={choicesOf(words.scopeWords)} values={values.scopes} onChoose={(scopes) => set({ scopes })} {...at(trouble, "$.release.scopes")} />
      <DateField label={words.signedOn} leaning="past" required value={values.signedOn} onChange={(signedOn) => set({ signedOn })} {...at(trouble, "$.release.signed_on")} />
      <DateField label={words.expiresOn} help={words.expiresHelp} required value={values.expiresOn} onChange={(expiresOn) => set({ expiresOn })} {...at(trouble, "$.release.expires_on")} />
      <SelectField label={words.signedIn} required choices={choicesOf(words.languages)} value={values.signedIn} onChoose={(signedIn) => set({ signedIn })} />
    </fieldset>
  );
}
