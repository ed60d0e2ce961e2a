/** The words for the service's codes on staff pages. A code without a word is shown spelled out. */

import { staffWords } from "../messages/words.ts";
import type { Attendance, ClientRecord, Session } from "../wire/api.gen.ts";
import type { ClientAttendance, Role } from "../wire/protocol.gen.ts";

export const phaseWord = (phase: Session["phase"]): string => staffWords.codes.phases[phase];
export const roleWord = (role: Role): string => staffWords.codes.roles[role];
export const statusWord = (status: NonNullable<ClientRecord["status"]>): string => staffWords.codes.statuses[status];
export const outcomeWord = (outcome: NonNullable<Attendance["outcome"]>): string => staffWords.codes.outcomes[outcome];
export const stateWord = (state: ClientAttendance["state"]): string => staffWords.codes.states[state];
export const holdWord = (hold: string): string => wordOf(staffWords.codes.holds, hold) ?? spelled(hold);
export const flagWord = (flag: string): string => wordOf(staffWords.codes.flags, flag) ?? spelled(flag);
export const noteKindWord = (kind: string): string => wordOf(staffWords.codes.noteKinds, kind) ?? spelled(kind);

/** The word for a code that may be newer than this page. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string | undefined {
  return words[code];
}

/** `never_came` is `Never came`. */
export function spelled(code: string): string {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
