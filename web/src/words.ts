/** The words that both apps show for the codes the service sends. */

import type { Session, SessionKind } from "./wire/api.gen.ts";

const KINDS: Record<SessionKind, string> = {
  group: "Group", individual: "One-to-one", family: "Family", education: "Education", skills: "Skills",
  expressive: "Expressive", medication: "Medication", peer_support: "Peer support", intake: "Intake", intervention: "Intervention",
  support: "Support",
};

export const kindWord = (kind: SessionKind): string => KINDS[kind];

/** The title of a session, or its kind and program where it has none. */
export function titleOf(session: Pick<Session, "title" | "kind" | "program_name">): string {
  return session.title || `${kindWord(session.kind)}, ${session.program_name}`;
}
