/** What the attendance page says. */

import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const attendance = {
  fetching: "Fetching the attendance…",
  attendance: "Attendance",
  clients: "Clients",
  nobody: "Nobody was expected, and nobody came.",
  workedOut: (position: number, policy: string, version: string | number) =>
    `Worked out from the record up to position ${position} by policy ${policy}, version ${version}.`,
  setAside:
    "These numbers are not up to date. Something in the record of this session cannot be read by this release, so it was " +
    "set aside with the numbers from before. No minute is lost, and nothing is stated to billing until it can be read. " +
    "Tell your administrator.",
  notFinal: "These numbers are not final yet: they may still grow until the session's record is complete.",
  factsSetAside: (count: number) =>
    plural(count, {
      one: "One entry of this session's record could not be stored. It is kept, and these numbers are without it.",
      other: `${count} entries of this session's record could not be stored. They are kept, and these numbers are without them.`,
    }),
  check: "Check the numbers before you rely on them, and tell your administrator.",
  neighbour:
    "The record of another session at this time, with a client of this one, cannot be read whole. Minutes may still move " +
    "between the two when it can. Tell your administrator.",

  outcome: "Outcome",
  notOver: "Not over yet",
  came: "Came",
  clientCount: (count: number) => plural(count, { one: "1 client", other: `${count} clients` }),
  net: "Session without breaks",
  gap: "Without a facilitator",
  none: "None",
  noUnits: "None",

  excused: "excused",
  credited: (exactly: string) => `credited (${exactly})`,
  connected: "Connected",
  billable: "Billable",
  arrived: "Arrived",
  units: "Units",
  thisWeek: "This week",
  remarks: "Holds and remarks",
  notHere: "Not here",
  onTime: "On time",
  afterStart: (time: string) => `${time} after the start`,
  pastCutOff: "late, past the cut-off",
  toGo: (time: string) => `${time} to go`,
  complete: "complete",
  weekOf: (credited: string, required: string, standing: string) => `${credited} of ${required} · ${standing}`,

  timelineOf: (name: string) => `Timeline of ${name}`,
  piece: (reason: string, time: string, from: string) => `${reason}, ${time}, from ${from}`,
  colours: "What the colours mean",
  why: "Why these numbers",
  whyFor: (name: string) => `for ${name}`,
  edges: (from: string, to: string) => `From: ${from}; to: ${to}.`,
  bound: (time: string) => `(may be up to ${time} later)`,

  reasons: {
    present: "Present",
    bridged: "Short gap, credited",
    added_by_correction: "Added by a correction",
    cancelled: "The session was cancelled",
    break: "Break",
    no_facilitator: "No facilitator present",
    in_another_session: "In another session",
    denied: "Not credited: too late, or so decided at the door",
    removed_by_correction: "Removed by a correction",
    never_came: "Did not come",
    not_yet_here: "Not here yet",
    in_lobby: "In the lobby",
    left: "Had left",
    lost: "Connection lost",
    outside_window: "Outside the session",
  },
  legend: {
    credited: "Present", bridged: "Short gap, credited", added: "Added by a correction", break: "Break",
    taken: "Not credited", lost: "Connection lost", absent: "Not here",
  },
  knownBy: {
    left: "they left", lost: "the last sign of life", node_lost: "the last sign of life", removed: "they were removed",
    ended: "the session ended", moved: "the room moved", returned: "back to the lobby", opened: "they arrived",
    admitted: "they were let in", open: "still here", corrected: "a correction", window: "the session's hours",
    cancelled: "the cancellation", facilitator: "the facilitator's presence", another_session: "another session",
    capacity: "the size of the group", break_began: "the break began", break_ended: "the break ended",
  },
};
