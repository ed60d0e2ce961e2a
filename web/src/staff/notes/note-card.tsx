import { useState } from "preact/hooks";
import { clockWithSeconds, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { ChangedElsewhere } from "../../ui/changed-elsewhere.tsx";
import { Question } from "../../ui/dialog.tsx";
import type { Note } from "../../wire/api.gen.ts";
import { unlessChanged } from "../../wire/conflict.ts";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";
import { noteKindWord } from "../words.ts";
import { NOTE_CHARACTERS, fullWords } from "./note-length.ts";

interface NoteCardProps {
  readonly note: Note;
  readonly zone: string;
}

/** One note. Once signed it is locked, and shows the signer and the time. */
export function NoteCard({ note: fetched, zone }: NoteCardProps) {
  const [note, setNote] = useState(fetched);
  const signed = note.signatures.length > 0;
  return (
    <article class="card note-card stack" aria-labelledby={`note-${note.id}`}>
      <header class="row row-apart">
        <h3 id={`note-${note.id}`}>
          {note.client_name ?? staffWords.notes.wholeGroup} · {noteKindWord(note.kind)}
        </h3>
        <span class={`badge ${signed ? "good" : "warn"}`}>{signed ? staffWords.notes.signed : staffWords.notes.notSigned}</span>
      </header>
      {note.unreadable !== null && <Unreadable note={note} zone={zone} />}
      {signed && <Locked note={note} zone={zone} />}
      {!signed && note.unreadable !== "text" && <Editor note={note} zone={zone} onChanged={setNote} />}
    </article>
  );
}

function Unreadable({ note, zone }: NoteCardProps) {
  const at = `${day(note.saved_at, { zone })}, ${clockWithSeconds(note.saved_at, { zone })}`;
  return (
    <Banner tone="warn">
      {note.unreadable === "text" ? staffWords.notes.unreadable(at) : staffWords.notes.unreadableDraft}
    </Banner>
  );
}

function Locked({ note, zone }: NoteCardProps) {
  return (
    <>
      {note.unreadable !== "text" && <p class="text">{note.text}</p>}
      <ul class="soft small">
        {note.signatures.map((signature) => (
          <li key={signature.digest + signature.signer}>
            {staffWords.notes.signedBy(
              signature.signer_name,
              `${day(signature.at, { zone })}, ${clockWithSeconds(signature.at, { zone })}`,
              note.version,
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

interface EditorProps extends NoteCardProps {
  readonly onChanged: (note: Note) => void;
}

function Editor({ note, zone, onChanged }: EditorProps) {
  const [text, setText] = useState(note.text);
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Note | null>(null);

  const sign = async () => {
    setAsking(false);
    setTrouble(null);
    setTheirs(null);
    try {
      const outcome = await unlessChanged(api.signNote(note.id, { version: note.version, text }), () => newest(note));
      if (outcome.is === "done") onChanged(outcome.value);
      else setTheirs(outcome.theirs);
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  };
  const settle = (chosen: string) => {
    if (theirs !== null) onChanged(theirs);
    setText(chosen);
    setTheirs(null);
  };
  return (
    <>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      {theirs !== null && <Conflict theirs={theirs} zone={zone} mine={text} onSettle={settle} onLocked={onChanged} />}
      <textarea
        class="note"
        aria-labelledby={`note-${note.id}`}
        maxLength={NOTE_CHARACTERS}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="row row-apart">
        <span class="soft small" role="status">
          {text === note.text
            ? staffWords.notes.savedAt(clockWithSeconds(note.saved_at, { zone }))
            : staffWords.notes.keptWhenSigned}
          {fullWords(text)}
        </span>
        <button
          type="button"
          class="button main"
          disabled={text.trim() === "" || theirs !== null}
          onClick={() => setAsking(true)}
        >
          {staffWords.notes.signThis}
        </button>
      </div>
      {asking && (
        <Question title={staffWords.notes.signAsk} yes={staffWords.notes.sign} onYes={sign} onNo={() => setAsking(false)}>
          <p>{staffWords.notes.signMeans}</p>
        </Question>
      )}
    </>
  );
}

async function newest(note: Note): Promise<Note | null> {
  const notes = await api.notes(note.session);
  return notes.find((each) => each.id === note.id) ?? null;
}

interface ConflictProps {
  readonly theirs: Note;
  readonly mine: string;
  readonly zone: string;
  readonly onSettle: (text: string) => void;
  readonly onLocked: (note: Note) => void;
}

function Conflict({ theirs, mine, zone, onSettle, onLocked }: ConflictProps) {
  const locked = theirs.signatures.length > 0;
  const at = clockWithSeconds(theirs.saved_at, { zone });
  const ways = locked ? (
    <button type="button" class="button" onClick={() => onLocked(theirs)}>
      {staffWords.notes.showSigned}
    </button>
  ) : (
    <>
      <button type="button" class="button" onClick={() => onSettle(mine)}>
        {staffWords.notes.keepMine}
      </button>
      <button type="button" class="button" onClick={() => onSettle(theirs.text)}>
        {staffWords.notes.takeOther}
      </button>
      <button type="button" class="button" onClick={() => onSettle(`${theirs.text}\n\n${mine}`)}>
        {staffWords.notes.putTogether}
      </button>
    </>
  );
  return (
    <ChangedElsewhere theirs={<p class="theirs">{theirs.text}</p>} ways={ways}>
      {locked ? staffWords.notes.signedMeanwhile : staffWords.notes.changedElsewhere(at)}
    </ChangedElsewhere>
  );
}
