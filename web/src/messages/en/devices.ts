/** What the pages say about a microphone, a camera and a speaker. */

import type { Kind, Trouble } from "../../media/trouble.ts";

const NAMES: Record<Kind, string> = { microphone: "microphone", camera: "camera" };
const both = (kinds: readonly Kind[]) => kinds.map((kind) => NAMES[kind]).join(" and ");

export const devices = {
  check: "How do you look and sound?",
  microphone: "Microphone",
  camera: "Camera",
  speaker: "Speaker",
  mic: "Mic",
  on: { microphone: "on", camera: "on" } satisfies Record<Kind, string> as Record<Kind, string>,
  off: { microphone: "off", camera: "off" } satisfies Record<Kind, string> as Record<Kind, string>,
  shareScreen: "Share screen",
  stopSharing: "Stop sharing",
  which: (kinds: readonly Kind[]) => both(kinds),
  turnOn: (kinds: readonly Kind[]) => `Turn on my ${both(kinds)}`,

  startingMicrophone: "Starting your microphone… If your browser asks, choose “Allow”.",
  startingCamera: "Starting your camera… If your browser asks, choose “Allow”.",
  turnOnToTest: "Turn your microphone on to test it.",
  works: "Your microphone works.",
  sayAFewWords: "Say a few words: the bar moves when your microphone works.",
  testNotStarted:
    "Your browser has not started this test. Press “Start the test”. If the bar still does not move, connect a " +
    "speaker or headphones, or go in without the test.",
  startTest: "Start the test",

  trouble: {
    denied: (kinds) =>
      `Your browser is not letting Vesper use the ${both(kinds)}. Press the icon beside the address at the top of the window, ` +
      `allow the ${both(kinds)}, then press “Try again”. On a phone, also look in Settings under your browser's name.`,
    missing: (kinds) => `We could not find the ${both(kinds)}. If there is a plug or a switch, check it, then press “Try again”.`,
    busy: (kinds) => `Another program seems to be using the ${both(kinds)}. Close other video calls, then press “Try again”.`,
    unsupported: (kinds) => `This browser cannot use the ${both(kinds)} here. A current Chrome, Edge, Firefox or Safari can.`,
  } satisfies Record<Trouble, (kinds: readonly Kind[]) => string> as Record<Trouble, (kinds: readonly Kind[]) => string>,
  paused: (kinds: readonly Kind[], means: string) =>
    `Your device has stopped the ${both(kinds)}, as phones do during a call. ${means} It comes back by itself when the call ends; if it does not, press “Try again”.`,
};
