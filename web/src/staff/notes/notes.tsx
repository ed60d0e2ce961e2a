import { api } from "../api.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { useLoaded } from "../../wire/loaded.ts";
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
      <h2 id="notes">Notes</h2>
      {loaded.is === "loading" && <Wait>Fetching the notes…</Wait>}
      {loaded.is === "failed" && (
        <Banner tone="bad" action={<button type="button" class="button" onClick={again}>Try again</button>}>
          {loaded.sentence}
        </Banner>
      )}
      {loaded.is === "there" && loaded.value.length === 0 && (
        <p class="card">There is no note here that you may read. What the session's staff write in the room appears here, for them.</p>
      )}
      {loaded.is === "there" && loaded.value.map((note) => <NoteCard key={note.id} note={note} zone={zone} />)}
    </section>
  );
}
