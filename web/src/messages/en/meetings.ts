/** What a client's own log of mutual-help meetings says. */

import type { MeetingKind } from "../../wire/api.gen.ts";

export const meetings = {
  open: "My meetings",
  title: "My meetings",
  lead: "Your own list of mutual-help meetings. It is yours: your care team reads it only while you share it. Write no names of others.",
  fetching: "Fetching your list…",
  why:
    "This list is private, and a link can end up with somebody else. So we send a code of six digits to the e-mail " +
    "address that your program has for you. This browser then remembers you for 30 days.",
  show: "Show my meetings",
  add: "Add a meeting",
  day: "Day",
  kind: "Kind of meeting",
  kinds: {
    twelve_step: "Twelve steps", secular: "Without a faith", faith: "With a faith", other: "Another kind",
  } satisfies Record<MeetingKind, string> as Record<MeetingKind, string>,
  homeGroup: "It was my home group",
  sponsor: "I met my sponsor",
  none: "Nothing is written down yet.",
  remove: "Remove",
  shareTitle: "Who sees it",
  sharedNow: "Your care team sees this list.",
  notShared: "Only you see this list.",
  share: "Share it with my care team",
  unshare: "Stop sharing",
  unshareMeans: "When you stop, they see nothing of it any more, as if there were no list.",
};
