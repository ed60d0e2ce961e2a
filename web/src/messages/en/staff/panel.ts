/** What staff read at the room's door, in the room beside the faces, and from outside it. */

import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const panel = {
  fetching: "Fetching the session…",
  enter: "Enter the room",
  hasEnded: "This session has ended",
  areKept: "Its attendance and its notes are kept.",
  attendanceAndNotes: "Attendance and notes",

  forStaff: "For staff",
  forSupervisors: "For supervisors",
  youObserve: "You observe this session.",
  people: "People",
  peopleOrNote: "People or note",
  waiting: "waiting",

  waitingTitle: (count: number) => `${plural(count, { one: "1 person", other: `${count} people` })} waiting`,
  waitingList: "Waiting in the lobby",
  waitingNow: (names: string) => `Waiting in the lobby: ${names}`,
  seeWho: "See who",
  guestOf: (name: string) => `guest of ${name}`,
  admitAll: "Admit all",
  startFirst: "Start the session, then let them in.",
  since: (at: string) => `since ${at}`,
  admit: "Admit",
  /** After what is done to somebody. */
  whom: (name: string) => name,

  counting: "Counting the time so far…",
  alsoHere: "Also here",
  noClients: "No clients are on the list of this session.",
  clients: "Clients",
  creditedSoFar: "Credited so far",
  attendanceSoFar: "Attendance so far",
  credited: (time: string) => `Credited ${time}`,
  sentOut: "Sent out",
  elsewhere: "Also in another session",
  more: (name: string) => `More for ${name}`,
  lateBy: (time: string) => `Late by ${time}`,
  cameAfter: (time: string) => `Came ${time} after the start`,

  lobbyPresent: "They wait outside until you let them in again.",
  lobbyAway: "They are away. When they come back, they wait outside until you let them in.",
  lobbyMeans: "Time in the lobby is not credited.",
  toLobby: "Return to the lobby",
  letWait: "Let them wait in the lobby",
  leaveNow: "They leave now.",
  notHereNow: "They are not here now.",
  removeMeans: "They cannot come in until you let them back in, and the time between is not credited.",
  remove: "Remove from the session",
  keepOut: "Keep out of the session",

  start: "Start session",
  startBreak: "Start break",
  endBreak: "End break",
  moreTime: "More time",
  end: "End session",
  endAsk: "End the session for everyone?",
  endYes: "End for everyone",
  endNo: "Go on",
  endMeans: "Everybody's time counts up to now, and nobody can come back in. Your note is kept.",
  howMuch: "How much more time?",
  extendMeans: "Only time within the session counts, so say so before the end rather than after it.",
  extendBy: (minutes: number, until: string) => `${minutes} minutes, until ${until}`,

  inTheRoom: "In the room now",
  nobodyInside: "Nobody is in the room.",
  here: "Here",
  youAreFacilitator: "You are the facilitator of this session now. Open the room to run it.",
  letBack: "Let back in",
  letBackAsk: (name: string) => `Let ${name} back in?`,
  letBackMeans:
    "They can open the session again. Clients then wait in the lobby until you admit them. The time they were out is not credited.",
  sendOut: "Send out",
  sendOutAsk: (name: string) => `Send ${name} out?`,
  sendOutMeans:
    "They leave the room within seconds and cannot come back until they are let back in. This is recorded with your name.",
  canRun: "When no facilitator is in the room, you can run this session yourself.",
  takeOver: "Take responsibility",
  takeOverAsk: "Take responsibility for this session?",
  takeOverMeans:
    "You become its facilitator: you run the room, and clients' time counts while you are in it. This is recorded with your name.",
  why: "Why",
};
