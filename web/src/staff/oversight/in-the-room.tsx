import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Age } from "../../ui/age.tsx";
import { Banner } from "../../ui/banner.tsx";
import type { Me, RoomView } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import type { Role } from "../../wire/protocol.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { roomPath } from "../router.ts";
import { roleWord, spelled } from "../words.ts";
import { RemovedPeople, SendOut } from "./removed.tsx";
import { TakeOver } from "./take-over.tsx";

/** For overseers of the clinic: who is in a session's room now, and what they can do from outside. */
export function InTheRoom({ session }: { session: string }) {
  const { me } = useOffice();
  return may(me, "rooms.oversee") ? <Looked session={session} me={me} /> : null;
}

function Looked({ session, me }: { session: string; me: Me }) {
  const [loaded, again] = useLoaded(`room ${session}`, () => api.room(session), { whenSeen: true });
  const [failed, setFailed] = useState<string | null>(null);
  const act = (done: Promise<unknown>) => {
    setFailed(null);
    void done.then(again, (error: unknown) => setFailed(sentenceOf(error)));
  };
  return (
    <section class="card stack" aria-labelledby="in-the-room">
      <h2 id="in-the-room">{staffWords.panel.inTheRoom}</h2>
      {failed !== null && <Banner tone="bad">{failed}</Banner>}
      {loaded.is === "failed" && (
        <Banner tone="bad" action={<button type="button" class="button" onClick={again}>{staffWords.common.tryAgain}</button>}>
          {loaded.sentence}
        </Banner>
      )}
      {loaded.is === "there" && <Shown room={loaded.value} session={session} me={me} act={act} again={again} />}
      <Age loaded={loaded} again={again} />
    </section>
  );
}

interface ShownProps {
  readonly room: RoomView;
  readonly session: string;
  readonly me: Me;
  readonly act: (done: Promise<unknown>) => void;
  readonly again: () => void;
}

function Shown({ room, session, me, act, again }: ShownProps) {
  const [taken, setTaken] = useState(false);
  const out = new Set(room.removed.map((each) => each.person));
  const here = room.here.filter((each) => !out.has(each.person));
  return (
    <>
      {here.length === 0 && <p>{staffWords.panel.nobodyInside}</p>}
      {here.length > 0 && (
        <ul class="people">
          {here.map((each) => (
            <li key={each.person}>
              <span class="who">
                <bdi class="name">{each.name}</bdi>
                <span class="soft small">{wordOf(each.role)}</span>
              </span>
              {each.person !== me.person && (
                <SendOut person={each} onRemove={(person) => act(api.removePerson(session, person))} />
              )}
            </li>
          ))}
        </ul>
      )}
      <RemovedPeople removed={room.removed} onReadmit={(person) => act(api.readmitPerson(session, person))} />
      {taken && (
        <Banner tone="good" action={<a class="button main" href={roomPath(session)}>{staffWords.pages.openRoom}</a>}>
          {staffWords.panel.youAreFacilitator}
        </Banner>
      )}
      {!taken && !room.has_facilitator && (
        <TakeOver
          session={session}
          onTaken={() => {
            setTaken(true);
            again();
          }}
        />
      )}
    </>
  );
}

const wordOf = (role: string): string => roleWord(role as Role) ?? spelled(role);
