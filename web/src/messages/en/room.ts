/** What the lobby, the room and its end say to everybody. */

import type { Ending, Stuck } from "../../signaling/line.ts";

export const room = {
  yourSession: "Your session",
  connecting: "Connecting you… We keep trying.",
  reload: "Reload and come back",
  stuck: {
    unreachable:
      "We cannot reach the room. Check that you are online. We keep trying, and bring you back as soon as it answers.",
    link:
      "The room does not answer, and your personal link does not open any more. We keep trying to bring you back without " +
      "it. If that takes too long, ask your program for a new link, and open that.",
    signed_out:
      "The room does not answer, and you are signed out. We keep trying to bring you back. Sign in again in another window " +
      "of this browser: this page then comes back by itself, and what you wrote here stays.",
    denied:
      "The room does not answer, and we could not find another way in for you. We keep trying. If it stays so, ask your " +
      "program whether you are on the list of this session.",
  } satisfies Record<Stuck, string> as Record<Stuck, string>,

  lobby: "You are in the lobby",
  nothingToDo: "There is nothing to do: you go in by yourself as soon as your facilitator lets you in.",
  returned: "Your facilitator has asked you to wait here for a while.",
  underWay: "The session is under way. Staff in the room can let you in.",
  startsAt: (at: string, time: string) => `The session starts at ${at}, in ${time}.`,
  notStarted: "The session has not been started yet.",

  breakSince: (at: string) => `Break since ${at}`,
  startsIn: (time: string) => `Starts in ${time}`,
  plannedFor: (at: string) => `Planned for ${at}`,
  left: (time: string, end: string) => `${time} left · ends ${end}`,
  plannedEnd: (end: string) => `The planned end was ${end}`,

  dropped: (until: string) => `Your connection dropped. Reconnecting… Your time is safe up to ${until}.`,
  mediaStopped: "Sound and pictures have stopped. We are connecting them again; you are still here.",
  notDone: "That was not done, because you are not connected just now. Try again when the connection is back.",
  tapToHear: "Tap to hear the group",
  controls: "Your controls",
  settings: "Settings",
  done: "Done",

  leave: "Leave",
  leaveAsk: "Leave the session?",
  stay: "Stay",
  leaveMeans: "Your time counts up to now. You can come back while the session lasts.",

  endings: {
    left: "You have left the session",
    ended: "The session has ended",
    cancelled: "This session does not take place",
    removed: "You are no longer in this session",
    withdrawn: "You are no longer in this session",
    refused: "You cannot come in just now",
  } satisfies Record<Ending["why"], string> as Record<Ending["why"], string>,
  timeRecorded: "The time you were here is recorded. If you left by mistake, you can come back in.",
  thanks: "Thank you for being here. The time you were here is recorded.",
  comeBackIn: "Come back in",
  seeNext: "See what is next",
};
