/** The possible reasons of a second, with their patterns and names. */

import { staffWords } from "../../messages/words.ts";
import { wordOf } from "../words.ts";

/** The patterns of the timeline; reasons that mean the same to a reader share one. */
export type Drawn = "credited" | "bridged" | "added" | "break" | "taken" | "lost" | "absent";

const DRAWN: Readonly<Record<string, Drawn>> = {
  present: "credited",
  bridged: "bridged",
  added_by_correction: "added",
  cancelled: "taken",
  break: "break",
  no_facilitator: "taken",
  in_another_session: "taken",
  denied: "taken",
  removed_by_correction: "taken",
  never_came: "absent",
  not_yet_here: "absent",
  in_lobby: "absent",
  left: "absent",
  lost: "lost",
  outside_window: "absent",
};

export const drawnAs = (reason: string): Drawn => DRAWN[reason] ?? "absent";
export const reasonWord = (reason: string): string => wordOf(staffWords.attendance.reasons, reason) ?? reason.replaceAll("_", " ");
export const legendWord = (drawn: Drawn): string => staffWords.attendance.legend[drawn];

/** How an edge is known; `breakBegins` says whether a break would begin or end there. */
export function knownByWord(known: string, breakBegins: boolean): string {
  const { knownBy } = staffWords.attendance;
  if (known === "break") return breakBegins ? knownBy.break_began : knownBy.break_ended;
  return wordOf(knownBy, known) ?? known.replaceAll("_", " ");
}
