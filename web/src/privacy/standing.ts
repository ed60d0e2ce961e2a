/** The sentences that a page shows about who sees and hears a person; a test checks each in every state that shows it. */

import type { ClientWords } from "../messages/words.ts";

/** The page's state that these sentences depend on. */
export interface Standing {
  readonly place: "door" | "lobby" | "room" | "over";
  readonly staff: boolean;
  /** The line to the node is open. */
  readonly connected: boolean;
  /** One's own sound and picture reach the others, as far as is known. */
  readonly sending: boolean;
  /** They reached the others, and no longer do. */
  readonly broken: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  /** The person came straight into the room, or back after a long time: devices stay off until they turn them on. */
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
