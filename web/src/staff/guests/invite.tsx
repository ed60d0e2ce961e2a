import { staffWords } from "../../messages/words.ts";
import { toast } from "../../ui/feedback/toasts.ts";
import { CheckField, SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { Guest, Guests } from "../../wire/api.gen.ts";
import { type Form, useForm } from "../../wire/form.ts";
import { at } from "../clients/refused.ts";
import { choicesOf } from "../way/words.ts";
import { guestsApi } from "./api.ts";
import { GuestForm } from "./guest-form.tsx";
import { LinkFields } from "./link-fields.tsx";
import { ReleaseFields } from "./release-fields.tsx";
import { type GuestValues, invitationOf, NOBODY } from "./values.ts";

interface Props {
  readonly guests: Guests;
  readonly onDone: (guest: Guest) => void;
  readonly onClose: () => void;
}

/** Invite somebody: who they are, the client's release, and the link. All of it is one step, or nothing is. */
export function Invite({ guests, onDone, onClose }: Props) {
  const words = staffWords.guests;
  const form = useForm<GuestValues>({
    name: `guests ${guests.client}`,
    blank: NOBODY,
    unkept: Object.keys(NOBODY) as (keyof GuestValues)[],
    send: async (values) => {
      const guest = await guestsApi.invite(guests.client, invitationOf(values, guests.sessions));
      toast(words.invited(guest.name));
      onDone(guest);
    },
  });
  return (
    <section class="card" aria-labelledby="invite-guest">
      <GuestForm title={words.invite} titleId="invite-guest" yes={words.inviteNow} form={form} onClose={onClose}>
        <Person form={form} />
        <ReleaseFields form={form} text={guests.release_text} />
        <fieldset class="guest-part">
          <legend>{words.link}</legend>
          <LinkFields form={form} sessions={guests.sessions} path="$.link" ways={["session", "kind", "none"]} byMail />
        </fieldset>
      </GuestForm>
    </section>
  );
}

function Person({ form: { values, set, trouble } }: { readonly form: Form<GuestValues> }) {
  const words = staffWords.guests;
  return (
    <fieldset class="guest-part">
      <legend>{words.person}</legend>
      <TextField label={words.name} required maxLength={200} value={values.name} onInput={(name) => set({ name })} {...at(trouble, "$.name")} />
      <SelectField label={words.relation} required choices={choicesOf(words.relations)} value={values.relation} onChoose={(relation) => set({ relation })} {...at(trouble, "$.relation")} />
      <TextField label={words.email} help={words.emailHelp} type="email" maxLength={254} value={values.email} onInput={(email) => set({ email })} {...at(trouble, "$.email")} />
      <TextField label={words.phone} type="tel" maxLength={40} value={values.phone} onInput={(phone) => set({ phone })} {...at(trouble, "$.phone")} />
      <SelectField label={words.language} required choices={choicesOf(words.languages)} value={values.language} onChoose={(language) => set({ language })} />
      <CheckField label={words.minor} required checked={values.minor} onChange={(minor) => set({ minor })} />
      {values.minor && (
        <>
          <TextField label={words.guardian} help={words.guardianHelp} required maxLength={200} value={values.guardian} onInput={(guardian) => set({ guardian })} {...at(trouble, "$.guardian.name")} />
          <DateField label={words.guardianOn} leaning="past" required value={values.guardianOn} onChange={(guardianOn) => set({ guardianOn })} {...at(trouble, "$.guardian.signed_on")} />
        </>
      )}
    </fieldset>
  );
}
