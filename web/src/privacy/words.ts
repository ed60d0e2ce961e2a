/**
 * Everything the pages say about who sees and hears a person. It stands here alone, and a test holds each sentence
 * against every state in which it is shown.
 */

/** What a page knows of itself when it speaks of this. */
export interface Standing {
  readonly place: "door" | "lobby" | "room" | "over";
  readonly staff: boolean;
  /** The line to the node is open. */
  readonly connected: boolean;
  /** The way of one's own sound and picture to the others is open, as far as is known. */
  readonly sending: boolean;
  /** That way was open, and has broken. */
  readonly broken: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  /** Came straight into the room, or back after a long time: everything is off until the person turns it on. */
  readonly resting: boolean;
}

export type Sentence = keyof typeof WORDS;

export const WORDS = {
  client_door:
    "In the lobby, nobody sees or hears you from this page. If you were let in before, you may go straight back into the " +
    "group, with your camera and microphone off.",
  staff_door:
    "If you are on the staff of this session, you go straight into the room: everyone there sees and hears you as your " +
    "camera and microphone are set here. Everybody else waits in the lobby until they are let in.",
  lobby:
    "Nobody sees or hears you from this page. When you are let in, your camera and microphone are as they are set here.",
  resting:
    "You are back in the group. Your camera and microphone are off: nobody sees or hears you from this page until you " +
    "turn them on.",
  sending_broken: "The others may not see or hear you just now. We are connecting you again.",
  line_broken: "The others may still see and hear you.",
  sharing: "You are sharing your screen: everyone in the room sees it.",
  over: "The camera and the microphone of this page are off. You can close it.",
} as const;

const SHOWN: Readonly<Record<Sentence, (standing: Standing) => boolean>> = {
  client_door: ({ place, staff }) => place === "door" && !staff,
  staff_door: ({ place, staff }) => place === "door" && staff,
  lobby: ({ place }) => place === "lobby",
  resting: ({ place, resting }) => place === "room" && resting,
  sending_broken: ({ place, connected, broken }) => place === "room" && connected && broken,
  line_broken: ({ place, connected, sending, microphone, camera, screen }) =>
    place === "room" && !connected && sending && (microphone || camera || screen),
  sharing: ({ place, connected, sending, screen }) => place === "room" && connected && sending && screen,
  over: ({ place }) => place === "over",
};

/** The sentences that are shown in this state. */
export function sentencesAt(standing: Standing): readonly Sentence[] {
  return (Object.keys(SHOWN) as Sentence[]).filter((sentence) => SHOWN[sentence](standing));
}

/** Where a camera is off, wherever that is said. */
export const CAMERA_OFF = "Your camera is off. That is fine: in the group, the others see your name instead.";
/** On one's own picture, wherever it can be hidden. */
export const HIDE_OWN = "Hide my own picture from me. The others see it whenever your camera is on.";
/** To who has left on one of several devices. */
export const OTHER_DEVICE = "If you came in on another device too, that one stays in until you leave there.";
/** Of devices that the phone itself has stopped. */
export const PAUSED = "For the others it is as if you had switched it off.";
