import { useState } from "preact/hooks";
import { dateAt, dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { Guest, GuestLink } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { guestsApi } from "./api.ts";
import { sessionSaid } from "./values.ts";

interface Props {
  readonly guest: Guest;
  readonly manages: boolean;
  readonly again: () => void;
}

/** What a link opens, in words. */
function opens({ session, of_kind: all }: GuestLink): string {
  if (session !== null) return sessionSaid(session);
  if (all === null) return "";
  return staffWords.guests.allUntil(staffWords.common.untitled(staffWords.common.kinds[all.kind], all.program_name), dateOf(all.until));
}

/** The guest's links, the newest first. A link that still opens can be withdrawn by itself. */
export function GuestLinks({ guest, manages, again }: Props) {
  const words = staffWords.guests;
  const [asked, setAsked] = useState<GuestLink | null>(null);
  const withdraw = async (link: GuestLink) => {
    await guestsApi.withdrawLink(link.id);
    toast(words.withdrawn);
    setAsked(null);
    again();
  };
  if (guest.links.length === 0) return <p class="soft">{words.noLinks}</p>;
  return (
    <div class="stack-tight">
      <h3>{words.links}</h3>
      <ul class="plain-list stack-tight">
        {guest.links.map((link) => (
          <li key={link.id} class="row row-apart guest-link">
            <span>
              {opens(link)}
              <span class="small soft block">{stateOf(link)}</span>
            </span>
            {manages && !link.revoked && guest.release.stands && (
              <Button kind="plain" aria-label={words.withdrawThis(opens(link))} onPress={() => setAsked(link)}>{words.withdraw}</Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Question title={words.withdrawAsk} yes={words.withdraw} grave consequences={words.withdrawMeans} sentenceOf={sentenceOf} onYes={() => withdraw(asked)} onNo={() => setAsked(null)} />
      )}
    </div>
  );
}

function stateOf({ revoked, agreed, created }: GuestLink): string {
  const words = staffWords.guests;
  if (revoked) return words.linkEnded;
  return agreed === null ? words.notOpened(dateAt(created)) : words.agreedOn(dateAt(agreed));
}
