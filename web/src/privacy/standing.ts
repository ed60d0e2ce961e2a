/** Which sentences a page says about who sees and hears a person; a test holds each against every state in which it is shown. */

import type { ClientWords } from "../messages/words.ts";

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

export type Sentence = keyof ClientWords["privacy"]["standing"];

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
