/** The words that both apps show for the codes the service sends. */

import { words } from "./messages/words.ts";
import type { Session, SessionKind } from "./wire/api.gen.ts";

export const kindWord = (kind: SessionKind): string => words.common.kinds[kind];

/** The title of a session, or its kind and program where it has none. */
export function titleOf(session: Pick<Session, "title" | "kind" | "program_name">): string {
  return session.title || words.common.untitled(kindWord(session.kind), session.program_name);
}
