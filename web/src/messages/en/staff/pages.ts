/** What staff's pages around the room say: signing in, today's sessions, cancelling, and pages that cannot be shown. */

import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const pages = {
  opening: "Opening Vesper…",
  notShown: "This page cannot be shown",
  unknown: "There is no such page",
  unknownMeans:
    "If you came by a personal link, open it again from the message your program sent you. Staff find today's sessions on " +
    "the first page.",
  firstPage: "Go to the first page",

  signIn: "Sign in",
  signingIn: "Signing in…",
  signOut: "Sign out",
  forStaff: "For facilitators and staff.",
  email: "E-mail",
  password: "Password",
  hereForGroup: "Here for a group? You do not need a password: open the personal link your program sent you.",

  today: "Today's sessions",
  fetchingToday: "Fetching today's sessions…",
  noneToday: "No sessions today.",
  nothingKept: "Nothing is kept of who comes.",
  nobodyExpected: "Nobody is on the list yet.",
  expected: (count: number, names: string) => `${plural(count, { one: "1 client", other: `${count} clients` })} expected: ${names}`,
  openRoom: "Open room",
  attendance: "Attendance",
  ofSession: (title: string) => `of ${title}`,

  calledOff:
    "The session was cancelled: nobody is credited in it, and nobody counts as absent. Whoever may cancel it can take that " +
    "back, on the page of today's sessions or on its attendance page.",
  changedElsewhere: (phase: string) =>
    `This session was changed by somebody else since you opened this page. It is now: ${phase}.`,
  reinstate: "Let it take place after all",
  cancel: "Cancel session",
  cancelAsk: (title: string) => `Cancel ${title}?`,
  cancelYes: "Cancel the session",
  cancelNo: "Keep it",
  cancelMeans:
    "Whoever waits, and whoever opens their link, reads that it does not take place. Nobody is credited in it, and nobody " +
    "counts as absent. Vesper sends no message to anybody: tell the people who are expected yourself.",
  why: "Why",
  takeBack: "You can take it back.",
};
