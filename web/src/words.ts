/** The words of both apps for the service's codes. */

import { words } from "./messages/words.ts";
import type { Session, SessionKind } from "./wire/api.gen.ts";

export const kindWord = (kind: SessionKind): string => words.common.kinds[kind];

/** The title of a session, or its kind and program if it has none. */
export function titleOf(session: Pick<Session, "title" | "kind" | "program_name">): string {
  return session.title || words.common.untitled(kindWord(session.kind), session.program_name);
}
