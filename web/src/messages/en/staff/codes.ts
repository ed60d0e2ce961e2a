/** What staff read for the codes that the service sends. */

import type { Attendance, CancelSession, ClientRecord, Session, TakeoverReason } from "../../../wire/api.gen.ts";
import type { ClientAttendance, Role } from "../../../wire/protocol.gen.ts";

type Words<Code extends string> = Readonly<Record<Code, string>>;

export const codes = {
  phases: {
    planned: "Planned", open: "Lobby open", live: "On now", ended: "Ended", cancelled: "Cancelled",
  } satisfies Words<Session["phase"]> as Words<Session["phase"]>,
  cancellations: {
    facilitator_unavailable: "No facilitator is available", weather: "Weather", technical: "A technical problem",
    holiday: "Holiday", too_few: "Too few people", other: "Another reason",
  } satisfies Words<CancelSession["reason"]> as Words<CancelSession["reason"]>,
  takeovers: {
    did_not_come: "The facilitator did not come", left: "The facilitator left", sent_out: "The facilitator was sent out",
    other: "Another reason",
  } satisfies Words<TakeoverReason> as Words<TakeoverReason>,
  roles: {
    client: "Client", facilitator: "Facilitator", co_facilitator: "Co-facilitator", observer: "Observer",
    family_member: "Family member", interpreter: "Interpreter", support_person: "Support person",
  } satisfies Words<Role> as Words<Role>,
  statuses: {
    present: "Present", partial: "Partly present", elsewhere: "In another session", not_served: "Not served, no absence",
    no_show: "Did not come", cancelled: "Session cancelled", not_held: "Session not held", withdrawn: "No longer expected",
  } satisfies Words<NonNullable<ClientRecord["status"]>> as Words<NonNullable<ClientRecord["status"]>>,
  outcomes: {
    held: "Held", cancelled: "Cancelled: nobody is credited, and nobody was absent",
    not_held: "Not held, for want of a facilitator: nobody is credited, and nobody was absent",
  } satisfies Words<NonNullable<Attendance["outcome"]>> as Words<NonNullable<Attendance["outcome"]>>,
  states: {
    present: "Here", away: "Away", waiting: "In the lobby", not_here: "Not here yet",
  } satisfies Words<ClientAttendance["state"]> as Words<ClientAttendance["state"]>,
  holds: {
    late_cutoff: "Arrived after the late cut-off: credited as treatment, held from billing",
    over_capacity: "More people were in the group than the payer allows: held from billing",
    note_unsigned: "The note has not been signed yet",
    consent_missing: "A consent is missing",
  },
  flags: {
    late: "Arrived late",
    never_closed: "A connection was never closed: please review",
    correction_not_counted: "A correction did not count: it needs a second person's approval",
    stale_facts: "A server went on recording after another had taken the room over: what it recorded then does not count",
    clock_skew: "A server's clock was off by more than a second: please review the times",
    reinstated: "The session was cancelled and then took place after all: this is no absence of theirs",
    cancelled_in_use: "The session was cancelled, and somebody was in its room all the same: please review",
    unknown_role: "Somebody was here in a role that this version does not know: please review",
  },
  noteKinds: {
    progress: "Progress note", private_reflection: "Private reflection", sud_counselling: "SUD counselling note",
  },
};
