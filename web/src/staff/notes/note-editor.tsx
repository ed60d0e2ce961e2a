import { useEffect, useState } from "preact/hooks";
import { clockWithSeconds } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
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

/** The notes, saved while typed: one about the group, and one about each client. */
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
        <label for="about">{staffWords.notes.about}</label>
        <select id="about" class="select" value={about} onChange={(event) => setAbout(event.currentTarget.value)}>
          <option value={WHOLE_GROUP}>{staffWords.notes.wholeGroup}</option>
          {clients.map((each) => (
            <option key={each.person} value={each.person} dir="auto">
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
  if (drafts.restoring.value === "waiting") return <Wait>{staffWords.notes.fetchingBefore}</Wait>;
  if (drafts.restoring.value === "failed") return <Unrestored drafts={drafts} again={again} />;
  if (drafts.signed.value.has(draft.client)) {
    return <p>{staffWords.notes.isSigned}</p>;
  }
  return (
    <textarea
      class="note"
      aria-label={staffWords.notes.note}
      maxLength={NOTE_CHARACTERS}
      value={draft.text.value}
      placeholder={staffWords.notes.placeholder}
      onInput={(event) => draft.type(event.currentTarget.value)}
      onBlur={() => draft.flush()}
    />
  );
}

function Unrestored({ drafts, again }: { drafts: Drafts; again: () => void }) {
  const ways = (
    <>
      <button type="button" class="button" onClick={again}>
        {staffWords.common.tryAgain}
      </button>
      <button type="button" class="button" onClick={() => drafts.startAfresh()}>
        {staffWords.notes.beginEmpty}
      </button>
    </>
  );
  return (
    <Banner tone="warn" action={ways}>
      {staffWords.notes.notRestored}
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
      {saving.is === "nothing_new" && staffWords.notes.nothingNew}
      {saving.is === "saving" && (connected ? staffWords.notes.saving : staffWords.notes.notSavedYet)}
      {saving.is === "saved" && staffWords.notes.savedAt(clockWithSeconds(saving.at, zone === undefined ? {} : { zone }))}
      {fullWords(draft.text.value)}
    </p>
  );
}
