import { staffWords } from "../../messages/words.ts";
import { Listed } from "../../ui/listed.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { NoteCard } from "./note-card.tsx";

interface NotesProps {
  readonly session: string;
  readonly zone: string;
}

/** The session's notes: read, edit until signed, sign. */
export function Notes({ session, zone }: NotesProps) {
  const [loaded, again] = useLoaded(`notes ${session}`, () => api.notes(session));
  return (
    <section class="stack" aria-labelledby="notes">
      <h2 id="notes">{staffWords.notes.notes}</h2>
      <Listed loaded={loaded} again={again} waiting={staffWords.notes.fetching} empty={staffWords.notes.none}>
        {(notes) => notes.map((note) => <NoteCard key={note.id} note={note} zone={zone} />)}
      </Listed>
    </section>
  );
}
