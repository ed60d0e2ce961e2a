import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Empty, Failed } from "../../ui/feedback/states.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { Guest, Guests } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import type { TabProps } from "../clients/tabs.ts";
import { guestsApi } from "./api.ts";
import { GuestCard } from "./guest-card.tsx";
import { Invite } from "./invite.tsx";
import "./guests.css";

/** On a client's page: who may come with them, on which release, and by which links. */
export function GuestsTab({ client: { id } }: TabProps) {
  const [loaded, again] = useLoaded(`guests ${id}`, () => guestsApi.guests(id), { whenSeen: true });
  if (loaded.is === "loading") return <Wait>{staffWords.guests.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  return <Shown guests={loaded.value} again={again} />;
}

function Shown({ guests, again }: { readonly guests: Guests; readonly again: () => void }) {
  const [inviting, setInviting] = useState(false);
  /** A guest as they were answered when a link was made: only this answer has its address. */
  const [made, setMade] = useState<Guest | null>(null);
  const words = staffWords.guests;
  const taken = (guest: Guest) => {
    setMade(guest);
    setInviting(false);
    again();
  };
  const shown = made === null || guests.guests.some(({ id }) => id === made.id) ? guests.guests : [made, ...guests.guests];
  return (
    <div class="stack">
      <div class="row row-apart">
        <p class="soft">{words.lead}</p>
        {guests.may_manage && !inviting && <Button kind="main" onPress={() => setInviting(true)}>{words.invite}</Button>}
      </div>
      {inviting && <Invite guests={guests} onDone={taken} onClose={() => setInviting(false)} />}
      {shown.length === 0 && !inviting && <Empty title={words.nobody}>{words.nobodyMeans}</Empty>}
      {shown.map((guest) => (
        <GuestCard key={guest.id} guest={guest} guests={guests} url={made?.id === guest.id ? urlOf(made) : null} onMade={taken} again={again} />
      ))}
    </div>
  );
}

const urlOf = ({ links }: Guest): string | null => links.find(({ url }) => url !== null)?.url ?? null;
