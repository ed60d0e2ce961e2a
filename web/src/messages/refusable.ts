/** The codes under which the service says a sentence that a page may have to say in another language. */

import type { Dismissed, Withdrawal } from "../wire/protocol.gen.ts";
import type { RefusalCode } from "../wire/refusals.gen.ts";

/** Refusals of the media engine, and of what went wrong inside: these have no class of their own. */
type OtherCode = "internal_error" | "media_refused";

export type Refusable = RefusalCode | OtherCode | Dismissed["cause"] | Withdrawal;

/** By code, and by the cause of a last message; where a language has none, the service's own sentence is shown. */
export type Refusals = Readonly<Partial<Record<Refusable, string>>>;
