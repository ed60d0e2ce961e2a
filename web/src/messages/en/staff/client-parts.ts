/** What the parts of a client's page about hours, sessions and consents say. */

import type { ConsentView } from "../../../wire/api.gen.ts";

export const clientParts = {
  hours: {
    fetching: "Fetching hours…",
    nowhere: "This client was in no program yet, so there are no hours.",
    week: "Week",
    weekOf: (day: string) => `Week of ${day}`,
    counted: "Credited",
    thisWeek: (soFar: string) => `This week: ${soFar}`,
    thisWeekOf: (soFar: string, required: string) => `This week: ${soFar} of ${required}`,
    days: (days: number, required: number) => `days: ${days} of ${required}`,
    means: "Only kinds of session that count toward the requirement are in these hours. A session counts once its attendance is worked out.",
  },
  sessions: {
    fetching: "Fetching sessions…",
    noneYet: "No session of this client that you may see has attendance yet.",
    latest: (count: number) => `These are the latest ${count} sessions.`,
    session: "Session",
    outcome: "Outcome",
    runs: "Not over yet",
    there: "Connected",
  },
  consents: {
    fetching: "Fetching consents…",
    noneYet: "There is no consent of this client on file.",
    to: "To whom",
    what: "What for",
    since: "Since",
    until: "Until",
    openEnd: "until revoked",
    now: "Today",
    stands: "Holds",
    over: "Over",
    revoked: (day: string) => `Revoked ${day}`,
    anybody: "Everybody who treats, pays or helps to operate",
    somebodyClose: "Somebody close to the client",
    purposes: {
      treatment_payment_operations: "Treatment, payment and operations", counselling_notes: "Counselling notes",
      legal: "Legal proceedings", involvement_in_care: "Taking part in care",
    } satisfies Record<ConsentView["purpose"], string> as Record<ConsentView["purpose"], string>,
    scopes: {
      attend: "To come to sessions", hear_progress: "To hear how treatment goes", emergency_only: "To be called in an emergency",
    } satisfies Record<ConsentView["scopes"][number], string> as Record<ConsentView["scopes"][number], string>,
  },
};
