import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { Guest, Guests } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { guestsApi } from "./api.ts";
import { GuestLinks } from "./guest-links.tsx";
import { AnotherLink, AnotherRelease } from "./more.tsx";
import { Release, Standing } from "./release.tsx";

interface Props {
  readonly guest: Guest;
  readonly guests: Guests;
  /** The address of the link that was just made; it is never shown again. */
  readonly url: string | null;
  readonly onMade: (guest: Guest) => void;
  readonly again: () => void;
}

/** One guest: who they are, the release, the links, and what can be done about them. */
export function GuestCard({ guest, guests, url, onMade, again }: Props) {
  const name = `guest ${guest.id}`;
  return (
    <section class="card stack" aria-labelledby={name}>
      <div class="row">
        <h2 id={name}><bdi>{guest.name}</bdi></h2>
        <span class="badge">{staffWords.guests.relations[guest.relation]}</span>
        <Standing release={guest.release} />
      </div>
      <Facts guest={guest} />
      <Release release={guest.release} />
      {url !== null && guest.links[0]?.revoked === false && <Address url={url} />}
      <GuestLinks guest={guest} manages={guests.may_manage} again={again} />
      {guests.may_manage && <Doing guest={guest} guests={guests} onMade={onMade} again={again} />}
    </section>
  );
}

function Facts({ guest }: { readonly guest: Guest }) {
  const words = staffWords.guests;
  const known = [
    { term: words.seenAs, said: guest.seen_as },
    { term: words.comesAs, said: staffWords.codes.roles[guest.role] },
    { term: words.email, said: guest.email },
    { term: words.phone, said: guest.phone },
    { term: words.guardianShown, said: guest.guardian },
  ];
  return (
    <dl class="facts">
      {known.map(({ term, said }) => said !== null && (
        <div key={term}>
          <dt>{term}</dt>
          <dd class="long-word"><bdi>{said}</bdi></dd>
        </div>
      ))}
    </dl>
  );
}

function Address({ url }: { readonly url: string }) {
  const [copied, setCopied] = useState(false);
  const words = staffWords.guests;
  const copy = () => void navigator.clipboard.writeText(url).then(() => setCopied(true));
  return (
    <Banner tone="good" action={<Button onPress={copy}>{copied ? words.copied : words.copy}</Button>}>
      {words.addressIs} <span class="long-word">{url}</span>
    </Banner>
  );
}

type Open = "link" | "release" | "revoking" | null;

function Doing({ guest, guests, onMade, again }: Omit<Props, "url">) {
  const words = staffWords.guests;
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const made = (answer: Guest) => {
    close();
    onMade(answer);
  };
  if (open === "link") return <AnotherLink guest={guest} guests={guests} onDone={made} onClose={close} />;
  if (open === "release") return <AnotherRelease guest={guest} guests={guests} onDone={made} onClose={close} />;
  const { stands, scopes } = guest.release;
  return (
    <div class="row">
      {stands && scopes.includes("attend") && <Button onPress={() => setOpen("link")}>{words.anotherLink}</Button>}
      {stands && <Button kind="grave" onPress={() => setOpen("revoking")}>{words.revoke}</Button>}
      {!stands && <Button onPress={() => setOpen("release")}>{words.anotherRelease}</Button>}
      {open === "revoking" && <Revoke guest={guest} client={guests.client_name} onClose={close} again={again} />}
    </div>
  );
}

function Revoke({ guest, client, onClose, again }: { readonly guest: Guest; readonly client: string; readonly onClose: () => void; readonly again: () => void }) {
  const words = staffWords.guests;
  const { links, room, others, back } = words.revokeMeans;
  const revoke = async () => {
    await guestsApi.revokeRelease(guest.id);
    toast(words.revoked(guest.name));
    onClose();
    again();
  };
  return (
    <Question title={words.revokeAsk(guest.name)} yes={words.revoke} grave consequences={[links(guest.name), room(guest.name), others(client), back]} sentenceOf={sentenceOf} onYes={revoke} onNo={onClose} />
  );
}

