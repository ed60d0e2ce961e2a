import { useEffect, useState } from "preact/hooks";
import { clockWithSeconds } from "../../format.ts";
import type { LiveRoom } from "../../room/live-room.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { api } from "../api.ts";
import type { Draft } from "./draft.ts";
import type { Drafts } from "./drafts.ts";
import { NOTE_CHARACTERS, fullWords } from "./note-length.ts";

const WHOLE_GROUP = "";

interface NoteEditorProps {
  readonly live: LiveRoom;
  readonly drafts: Drafts;
  readonly zone: string | undefined;
}

/** The note, saved as it is typed: one about the group, and one about each client. */
export function NoteEditor({ live, drafts, zone }: NoteEditorProps) {
  const [about, setAbout] = useState(WHOLE_GROUP);
  const client = about === WHOLE_GROUP ? null : about;
  const draft = drafts.of(client);
  const clients = live.attendance.value?.clients ?? [];
  const { session = "", person } = live.welcome.value ?? {};
  const restore = () => drafts.restore(() => api.notes(session), person ?? "");
  useEffect(() => {
    if (drafts.restoring.value === "waiting") void restore();
  }, [live]);
  useEffect(() => () => draft.flush(), [draft]);

  return (
    <div class="panel-body filled" role="tabpanel" id="panel-note" aria-labelledby="tab-note">
      <div class="field">
        <label for="about">Note about</label>
        <select id="about" class="select" value={about} onChange={(event) => setAbout(event.currentTarget.value)}>
          <option value={WHOLE_GROUP}>The whole group</option>
          {clients.map((each) => (
            <option key={each.person} value={each.person}>
              {each.name}
            </option>
          ))}
        </select>
      </div>
      <Text drafts={drafts} draft={draft} again={restore} />
      <SavingState draft={draft} zone={zone} connected={live.signaling.phase.value.is === "open"} />
    </div>
  );
}

function Text({ drafts, draft, again }: { drafts: Drafts; draft: Draft; again: () => void }) {
  if (drafts.restoring.value === "waiting") return <Wait>Fetching what you wrote before…</Wait>;
  if (drafts.restoring.value === "failed") return <Unrestored drafts={drafts} again={again} />;
  if (drafts.signed.value.has(draft.client)) {
    return <p>This note is signed. It can be read on the attendance page.</p>;
  }
  return (
    <textarea
      class="note"
      aria-label="Note"
      maxLength={NOTE_CHARACTERS}
      value={draft.text.value}
      placeholder="What you write here is kept as you type."
      onInput={(event) => draft.type(event.currentTarget.value)}
      onBlur={() => draft.flush()}
    />
  );
}

function Unrestored({ drafts, again }: { drafts: Drafts; again: () => void }) {
  const ways = (
    <>
      <button type="button" class="button" onClick={again}>
        Try again
      </button>
      <button type="button" class="button" onClick={() => drafts.startAfresh()}>
        Begin an empty note
      </button>
    </>
  );
  return (
    <Banner tone="warn" action={ways}>
      We could not fetch what you wrote before. It is safe. A note that you begin now replaces it, so try again first if
      you had written something.
    </Banner>
  );
}

interface SavingProps {
  readonly draft: Draft;
  readonly zone: string | undefined;
  readonly connected: boolean;
}

function SavingState({ draft, zone, connected }: SavingProps) {
  const saving = draft.saving.value;
  return (
    <p class="small soft" role="status">
      {saving.is === "nothing_new" && "Nothing to save yet."}
      {saving.is === "saving" && (connected ? "Saving…" : "Not saved yet: it is saved as soon as the connection is back.")}
      {saving.is === "saved" && `Saved ${clockWithSeconds(saving.at, zone === undefined ? {} : { zone })}`}
      {fullWords(draft.text.value)}
    </p>
  );
}
