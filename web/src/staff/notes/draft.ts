/** One note while it is typed: saved at most once a second, and shown as saved only when the node confirms it. */

import { signal } from "@preact/signals";
import type { Instant } from "../../wire/api.gen.ts";
import type { NoteSaved, SaveNote } from "../../wire/protocol.gen.ts";
import { nextRevision } from "./revisions.ts";

export type Saving =
  | { readonly is: "nothing_new" }
  | { readonly is: "saving" }
  | { readonly is: "saved"; readonly at: Instant };

/** False if it could not be sent now; it is sent again after the next welcome. */
export type Say = (message: SaveNote) => boolean;

const EVERY_MS = 1_000;

export class Draft {
  readonly text = signal("");
  readonly saving = signal<Saving>({ is: "nothing_new" });
  readonly client: string | null;

  private revision = 0;
  /** By the monotonic clock, because the device's clock may step back while somebody types. */
  private saidAt = -EVERY_MS;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly say: Say;

  constructor(client: string | null, say: Say) {
    this.client = client;
    this.say = say;
  }

  /** Take the text that was saved before, unless typing has begun. */
  restore(text: string, at: Instant): void {
    if (this.saving.value.is !== "nothing_new") return;
    this.text.value = text;
    this.saving.value = { is: "saved", at };
  }

  type(text: string): void {
    this.text.value = text;
    this.saving.value = { is: "saving" };
    this.timer ??= setTimeout(() => this.save(), Math.max(0, this.saidAt + EVERY_MS - performance.now()));
  }

  /** The node has this revision on disk. */
  saved({ revision, at }: NoteSaved): void {
    if (revision === this.revision && this.timer === null) this.saving.value = { is: "saved", at };
  }

  /** On a new connection, send what was not confirmed on the old one. */
  sayAgain(): void {
    if (this.saving.value.is === "saving") this.save();
  }

  /** Save waiting text now, as when the editor loses focus. */
  flush(): void {
    if (this.timer !== null) this.save();
  }

  private save(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.saidAt = performance.now();
    this.revision = nextRevision();
    const text = this.text.value.toWellFormed();
    this.say({ type: "save_note", client: this.client, kind: "progress", revision: this.revision, text });
  }
}
