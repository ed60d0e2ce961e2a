/** How programs, their phases and their policies are called. */

import { inWords } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type { Program, Requirement, SessionKind } from "../../wire/api.gen.ts";
import { kindWord } from "../../words.ts";

export const programPath = (id: string): string => `/programs/${encodeURIComponent(id)}`;

/** The kinds of sessions whose hours can count, in the order in which they are offered. */
export const COUNTING_KINDS = [
  "group", "individual", "family", "education", "skills", "expressive", "medication", "peer_support", "intake",
  "intervention", "support",
] as const satisfies readonly SessionKind[];

export const kindsSaid = (kinds: readonly SessionKind[]): string =>
  kinds.length === 0 ? staffWords.programs.allKinds : kinds.map(kindWord).join(", ");

/** `9 h on 3 days`. */
export const requirementSaid = ({ required_s, days_per_week }: Requirement): string =>
  staffWords.programs.hoursOnDays(inWords(required_s), days_per_week);

export const policySaid = (id: string, version: number): string => staffWords.programs.policyNamed(id, version);

export const takes = ({ capacity }: Program): string =>
  capacity === null ? staffWords.programs.everybody : staffWords.programs.upTo(capacity);
