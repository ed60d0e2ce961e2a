/** What many pages say. */

import type { SessionKind } from "../../wire/api.gen.ts";

export const common = {
  cancel: "Cancel",
  close: "Close",
  justAMoment: "Just a moment",
  lookAgain: "Look again",
  signIn: "Sign in",
  tryAgain: "Try again",

  asOf: (at: string) => `As of ${at}`,
  asOfAgo: (at: string, minutes: number) => `As of ${at}, ${minutes} min ago`,
  stale: (sentence: string, at: string) => `${sentence} What is shown here is as of ${at}.`,
  goneWrong: "That did not work.",
  whatHappens: "What happens then:",
  whereYouAre: (time: string) => `${time} where you are`,
  cancelledTitle: "This session does not take place",

  /** In place of the name of somebody who was erased. */
  erased: "Erased",
  noNetwork: "We cannot reach Vesper just now. Check that you are online, then try again.",
  signedOut: "You are signed out. Sign in again in another window of this browser, then try again here.",
  noSentence: "Something went wrong on our side. Try again in a minute; if it stays, tell your program.",

  kinds: {
    group: "Group", individual: "One-to-one", family: "Family", education: "Education", skills: "Skills",
    expressive: "Expressive", medication: "Medication", peer_support: "Peer support", intake: "Intake",
    intervention: "Intervention", support: "Support", mutual_help: "Mutual help",
  } satisfies Record<SessionKind, string> as Record<SessionKind, string>,
  untitled: (kind: string, program: string) => `${kind}, ${program}`,
};
