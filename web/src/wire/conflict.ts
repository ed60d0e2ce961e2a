/** A change that another editor preceded: fetches theirs, so that it can be shown beside one's own. */

import { RequestRefused } from "./request.ts";

/** Refusals because the state has changed since the page was opened. */
const CHANGED: ReadonlySet<string> = new Set(["conflict", "note_already_signed", "session_begun", "has_facilitator"]);

export type Outcome<T> =
  | { readonly is: "done"; readonly value: T }
  | { readonly is: "changed_elsewhere"; readonly theirs: T };

export function isConflict(error: unknown): boolean {
  return error instanceof RequestRefused && CHANGED.has(error.code);
}

/**
 * The outcome of a change: its result, or what `newest` finds if another change came first.
 *
 * Throws any other refusal, and the conflict itself if the other change cannot be fetched.
 */
export async function unlessChanged<T>(change: Promise<T>, newest: () => Promise<T | null>): Promise<Outcome<T>> {
  try {
    return { is: "done", value: await change };
  } catch (error) {
    const theirs = isConflict(error) ? await newest().catch(() => null) : null;
    if (theirs === null) throw error;
    return { is: "changed_elsewhere", theirs };
  }
}
