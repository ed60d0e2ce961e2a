/** Which kinds of sessions can be planned, and what is sent of the one that is chosen. */

import { staffWords } from "../../messages/words.ts";
import type { ClinicKind, CreateSession, SessionKind } from "../../wire/api.gen.ts";
import { kindWord } from "../../words.ts";
import { COUNTING_KINDS } from "../programs/words.ts";

type Chosen = Required<Pick<CreateSession, "kind" | "own_kind">>;

/** The usual kinds, the clinic's own that are in use, by their ids, and mutual help. */
export const kindChoices = (own: readonly ClinicKind[]): readonly { readonly value: string; readonly label: string }[] => [
  ...COUNTING_KINDS.map((value) => ({ value, label: kindWord(value) })),
  ...own.filter(({ in_use }) => in_use).map(({ id, name, counts_as }) => ({ value: id, label: staffWords.planning.ownKind(name, kindWord(counts_as)) })),
  { value: "mutual_help", label: kindWord("mutual_help") },
];

/** What is chosen: a kind of the clinic's own goes with the kind as which it counts. A choice that is gone is a group. */
export function kindChosen(value: string, own: readonly ClinicKind[]): Chosen {
  const mine = own.find(({ id, in_use }) => id === value && in_use);
  if (mine !== undefined) return { kind: mine.counts_as, own_kind: mine.id };
  const usual: readonly SessionKind[] = [...COUNTING_KINDS, "mutual_help"];
  return { kind: usual.find((kind) => kind === value) ?? "group", own_kind: null };
}
