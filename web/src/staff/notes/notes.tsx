import { Listed } from "../../ui/listed.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { NoteCard } from "./note-card.tsx";

const NO_NOTE =
  "There is no note here that you may read. What the session's staff write in the room appears here, for them.";

interface NotesProps {
  readonly session: string;
  readonly zone: string;
}

/** The session's notes: read, edit until signed, sign. */
export function Notes({ session, zone }: NotesProps) {
  const [loaded, again] = useLoaded(`notes ${session}`, () => api.notes(session));
  return (
    <section class="stack" aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <Listed loaded={loaded} again={again} waiting="Fetching the notes…" empty={NO_NOTE}>
        {(notes) => notes.map((note) => <NoteCard key={note.id} note={note} zone={zone} />)}
      </Listed>
    </section>
  );
}
