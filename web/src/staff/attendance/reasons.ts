/** The reasons a second can have, as they are drawn and named. */

/** The pictures of the timeline; several reasons share one where they mean the same to a reader. */
export type Drawn = "credited" | "bridged" | "added" | "break" | "taken" | "lost" | "absent";

interface Reason {
  readonly drawn: Drawn;
  readonly word: string;
}

const REASONS: Readonly<Record<string, Reason>> = {
  present: { drawn: "credited", word: "Present" },
  bridged: { drawn: "bridged", word: "Short gap, credited" },
  added_by_correction: { drawn: "added", word: "Added by a correction" },
  cancelled: { drawn: "taken", word: "The session was cancelled" },
  break: { drawn: "break", word: "Break" },
  no_facilitator: { drawn: "taken", word: "No facilitator present" },
  in_another_session: { drawn: "taken", word: "In another session" },
  denied: { drawn: "taken", word: "Not credited: too late, or so decided at the door" },
  removed_by_correction: { drawn: "taken", word: "Removed by a correction" },
  never_came: { drawn: "absent", word: "Did not come" },
  not_yet_here: { drawn: "absent", word: "Not here yet" },
  in_lobby: { drawn: "absent", word: "In the lobby" },
  left: { drawn: "absent", word: "Had left" },
  lost: { drawn: "lost", word: "Connection lost" },
  outside_window: { drawn: "absent", word: "Outside the session" },
};

const LEGEND: Readonly<Record<Drawn, string>> = {
  credited: "Present", bridged: "Short gap, credited", added: "Added by a correction", break: "Break",
  taken: "Not credited", lost: "Connection lost", absent: "Not here",
};

const KNOWN_BY: Readonly<Record<string, string>> = {
  left: "they left", lost: "the last sign of life", node_lost: "the last sign of life", removed: "they were removed",
  ended: "the session ended", moved: "the room moved", returned: "back to the lobby", opened: "they arrived",
  admitted: "they were let in", open: "still here", corrected: "a correction", window: "the session's hours",
  cancelled: "the cancellation", facilitator: "the facilitator's presence", another_session: "another session",
  capacity: "the size of the group",
};

export const drawnAs = (reason: string): Drawn => REASONS[reason]?.drawn ?? "absent";
export const reasonWord = (reason: string): string => REASONS[reason]?.word ?? reason.replaceAll("_", " ");
export const legendWord = (drawn: Drawn): string => LEGEND[drawn];

/** How an edge is known; `breakBegins` says on which side of it a break would lie. */
export function knownByWord(known: string, breakBegins: boolean): string {
  if (known === "break") return breakBegins ? "the break began" : "the break ended";
  return KNOWN_BY[known] ?? known.replaceAll("_", " ");
}
