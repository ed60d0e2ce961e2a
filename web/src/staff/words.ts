/** The words staff see for the codes the service sends. A code without a word is shown as it is, spelled out. */

import type { Attendance, CancelSession, ClientRecord, Session } from "../wire/api.gen.ts";
import type { ClientAttendance, Role } from "../wire/protocol.gen.ts";

const PHASES: Record<Session["phase"], string> = {
  planned: "Planned", open: "Lobby open", live: "On now", ended: "Ended", cancelled: "Cancelled",
};
export const CANCELLATION_REASONS: Record<CancelSession["reason"], string> = {
  facilitator_unavailable: "No facilitator is available", weather: "Weather", technical: "A technical problem",
  holiday: "Holiday", too_few: "Too few people", other: "Another reason",
};
const ROLES: Record<Role, string> = {
  client: "Client", facilitator: "Facilitator", co_facilitator: "Co-facilitator", observer: "Observer",
  family_member: "Family member", interpreter: "Interpreter",
};
const STATUSES: Record<NonNullable<ClientRecord["status"]>, string> = {
  present: "Present", partial: "Partly present", elsewhere: "In another session", not_served: "Not served, no absence",
  no_show: "Did not come", cancelled: "Session cancelled", not_held: "Session not held", withdrawn: "No longer expected",
};
const OUTCOMES: Record<NonNullable<Attendance["outcome"]>, string> = {
  held: "Held", cancelled: "Cancelled: nobody is credited, and nobody was absent",
  not_held: "Not held, for want of a facilitator: nobody is credited, and nobody was absent",
};
const STATES: Record<ClientAttendance["state"], string> = {
  present: "Here", away: "Away", waiting: "In the lobby", not_here: "Not here yet",
};
const HOLDS: Record<string, string> = {
  late_cutoff: "Arrived after the late cut-off: credited as treatment, held from billing",
  over_capacity: "More people were in the group than the payer allows: held from billing",
  note_unsigned: "The note has not been signed yet",
  consent_missing: "A consent is missing",
};
const FLAGS: Record<string, string> = {
  late: "Arrived late",
  never_closed: "A connection was never closed: please review",
  correction_not_counted: "A correction did not count: it needs a second person's approval",
  stale_facts: "A server went on recording after another had taken the room over: what it recorded then does not count",
  clock_skew: "A server's clock was off by more than a second: please review the times",
  reinstated: "The session was cancelled and then took place after all: this is no absence of theirs",
  cancelled_in_use: "The session was cancelled, and somebody was in its room all the same: please review",
  unknown_role: "Somebody was here in a role that this version does not know: please review",
};
const NOTE_KINDS: Record<string, string> = {
  progress: "Progress note", private_reflection: "Private reflection", sud_counselling: "SUD counselling note",
};

export const phaseWord = (phase: Session["phase"]): string => PHASES[phase];
export const roleWord = (role: Role): string => ROLES[role];
export const statusWord = (status: NonNullable<ClientRecord["status"]>): string => STATUSES[status];
export const outcomeWord = (outcome: NonNullable<Attendance["outcome"]>): string => OUTCOMES[outcome];
export const stateWord = (state: ClientAttendance["state"]): string => STATES[state];
export const holdWord = (hold: string): string => HOLDS[hold] ?? spelled(hold);
export const flagWord = (flag: string): string => FLAGS[flag] ?? spelled(flag);
export const noteKindWord = (kind: string): string => NOTE_KINDS[kind] ?? spelled(kind);

/** `never_came` is `Never came`. */
export function spelled(code: string): string {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
