/** A facilitator's notes of one session: the group's and one per client, with their earlier text. */

import { signal } from "@preact/signals";
import { type Kept, kept } from "../../storage.ts";
import type { Instant, Note } from "../../wire/api.gen.ts";
import type { NoteSaved } from "../../wire/protocol.gen.ts";
import { Draft, type Say } from "./draft.ts";

export type Restoring = "waiting" | "done" | "failed";

const LOOK_AGAIN_MS = 1_000;
const LOOKS = 6;
/** The longest wait before leaving. */
const SETTLES_MS = 2_000;
const SETTLE_LOOK_MS = 50;

export class Drafts {
  readonly restoring = signal<Restoring>("waiting");
  /** Notes that are signed, and so closed to typing; null is the group's note. */
  readonly signed = signal<ReadonlySet<string | null>>(new Set());

  private readonly drafts = new Map<string | null, Draft>();
  private readonly say: Say;
  /** When a draft of this session was last confirmed; no device keeps the text itself. */
  private readonly lastSaved: Kept<Instant>;

  constructor(session: string, say: Say) {
    this.say = say;
    this.lastSaved = kept<Instant>(() => sessionStorage, `vesper.saved.${session}`);
  }

  of(client: string | null): Draft {
    const draft = this.drafts.get(client) ?? new Draft(client, this.say);
    this.drafts.set(client, draft);
    return draft;
  }

  /**
   * Fetch this writer's earlier notes. A draft reaches the records a moment after the node has it, so fetch again until
   * the newest draft that this tab knows is there. A note that the server cannot open counts as not fetched.
   */
  async restore(fetchNotes: () => Promise<ReadonlyArray<Note>>, writer: string): Promise<void> {
    this.restoring.value = "waiting";
    try {
      const notes = await this.caughtUp(fetchNotes);
      const own = notes.filter((note) => note.author === writer && note.kind === "progress");
      const readable = own.filter((note) => note.unreadable === null);
      for (const note of readable) this.of(note.client).restore(note.text, note.saved_at);
      this.signed.value = new Set(own.filter((note) => note.signatures.length > 0).map((note) => note.client));
      this.restoring.value = readable.length === own.length ? "done" : "failed";
    } catch {
      this.restoring.value = "failed";
    }
  }

  /** Allow typing although the earlier text could not be fetched. */
  startAfresh(): void {
    this.restoring.value = "done";
  }

  saved(message: NoteSaved): void {
    this.lastSaved.keep(message.at);
    this.of(message.client).saved(message);
  }

  sayAgain(): void {
    for (const draft of this.drafts.values()) draft.sayAgain();
  }

  /** Save waiting text now, before the connection closes. */
  flush(): void {
    for (const draft of this.drafts.values()) draft.flush();
  }

  /** The texts that no node has on disk yet. */
  unsaved(): readonly string[] {
    const waiting = [...this.drafts.values()].filter((draft) => draft.saving.value.is === "saving");
    return waiting.map((draft) => draft.text.value);
  }

  /** Resolves when everything typed is on disk, or it takes too long. */
  async settled(): Promise<void> {
    const until = performance.now() + SETTLES_MS;
    while (this.unsaved().length > 0 && performance.now() < until) {
      await new Promise((resume) => setTimeout(resume, SETTLE_LOOK_MS));
    }
  }

  private async caughtUp(fetchNotes: () => Promise<ReadonlyArray<Note>>): Promise<ReadonlyArray<Note>> {
    const newest = this.lastSaved.read();
    let notes = await fetchNotes();
    for (let look = 1; look < LOOKS && !reaches(notes, newest); look += 1) {
      await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
      notes = await fetchNotes();
    }
    return notes;
  }
}

function reaches(notes: ReadonlyArray<Note>, newest: Instant | null): boolean {
  return newest === null || notes.some((note) => Date.parse(note.saved_at) >= Date.parse(newest));
}
