import { staffWords } from "../../messages/words.ts";
import { toast } from "../../ui/feedback/toasts.ts";
import type { Guest, Guests } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { guestsApi } from "./api.ts";
import { GuestForm } from "./guest-form.tsx";
import { LinkFields } from "./link-fields.tsx";
import { ReleaseFields } from "./release-fields.tsx";
import { linkOf, type LinkValues, NO_LINK, NO_RELEASE, releaseToFile, type ReleaseValues } from "./values.ts";

interface Props {
  readonly guest: Guest;
  readonly guests: Guests;
  readonly onDone: (guest: Guest) => void;
  readonly onClose: () => void;
}

/** One more link on the release that stands. */
export function AnotherLink({ guest, guests, onDone, onClose }: Props) {
  const words = staffWords.guests;
  const form = useForm<LinkValues>({
    name: `guest-link ${guest.id}`,
    blank: NO_LINK,
    send: async (values) => {
      const answer = await guestsApi.makeLink(guest.id, linkOf(values, guests.sessions, "$") ?? {});
      toast(words.linkMade(guest.name));
      onDone(answer);
    },
  });
  return (
    <GuestForm title={words.anotherLink} titleId={`link ${guest.id}`} yes={words.makeLink} form={form} onClose={onClose}>
      <LinkFields form={form} sessions={guests.sessions} path="$" ways={["session", "kind"]} byMail={guest.email !== null} />
    </GuestForm>
  );
}

/** A new release for a guest whose last one has ended. The links of the old one stay closed. */
export function AnotherRelease({ guest, guests, onDone, onClose }: Props) {
  const words = staffWords.guests;
  const form = useForm<ReleaseValues & LinkValues>({
    name: `guest-release ${guest.id}`,
    blank: { ...NO_RELEASE, ...NO_LINK },
    send: async (values) => {
      const answer = await guestsApi.fileRelease(guest.id, releaseToFile(values, guests.sessions));
      toast(words.filed(guest.name));
      onDone(answer);
    },
  });
  return (
    <GuestForm title={words.anotherRelease} titleId={`release ${guest.id}`} yes={words.fileNow} form={form} onClose={onClose}>
      <ReleaseFields form={form} text={guests.release_text} />
      <fieldset class="guest-part">
        <legend>{words.link}</legend>
        <LinkFields form={form} sessions={guests.sessions} path="$.link" ways={["session", "kind", "none"]} byMail={guest.email !== null} />
      </fieldset>
    </GuestForm>
  );
}
