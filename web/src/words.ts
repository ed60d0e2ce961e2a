/** The words of both apps for the service's codes. */

import { words } from "./messages/words.ts";
import type { Session, SessionKind } from "./wire/api.gen.ts";

export const kindWord = (kind: SessionKind): string => words.common.kinds[kind];

/** The clinic's own word for the session's kind, or the usual one. */
export const kindOf = ({ kind, own_kind_name }: Pick<Session, "kind" | "own_kind_name">): string => own_kind_name ?? kindWord(kind);

/** The title of a session, or its kind and program if it has none. */
export function titleOf(session: Pick<Session, "title" | "kind" | "own_kind_name" | "program_name">): string {
  return session.title || words.common.untitled(kindOf(session), session.program_name);
}
