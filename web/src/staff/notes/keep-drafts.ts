/** Connects a writer's notes to their room, so that no typed text is lost with a connection, a person or a page. */

import { useEffect, useMemo } from "preact/hooks";
import type { LiveRoom } from "../../room/live-room.ts";
import { UNLOCKED } from "../../wire/request.ts";
import { Drafts } from "./drafts.ts";

/** The notes of the writer in this room, while the page shows it. */
export function useDrafts(live: LiveRoom, session: string): Drafts {
  const drafts = useMemo(() => new Drafts(session, (message) => live.say(message)), [live]);
  useEffect(() => keepDrafts(live, drafts), [live]);
  return drafts;
}

/** Save the notes before the page closes; ask the person first if that fails. Returns a function that ends the watch. */
export function keepDrafts(live: LiveRoom, drafts: Drafts): () => void {
  const watching = new AbortController();
  const until = { signal: watching.signal };
  const mayBeLost = () => {
    drafts.flush();
    return live.signaling.phase.value.is !== "open" && drafts.unsaved().length > 0;
  };
  addEventListener("pagehide", () => drafts.flush(), until);
  addEventListener("beforeunload", (event) => mayBeLost() && event.preventDefault(), until);
  // The room hears a moment later than this page that the lock is gone.
  const sayAgainSoon = () => [1_000, 6_000].forEach((ms) => setTimeout(() => drafts.sayAgain(), ms));
  addEventListener(UNLOCKED, sayAgainSoon, until);
  const stopListening = live.listen({
    welcomed: () => drafts.sayAgain(),
    noteSaved: (message) => drafts.saved(message),
    settled: () => {
      drafts.flush();
      return drafts.settled();
    },
  });
  watching.signal.addEventListener("abort", stopListening);
  return () => watching.abort();
}
