/** The codes of the service's sentences that a page may have to show in another language. */

import type { Dismissed, Withdrawal } from "../wire/protocol.gen.ts";
import type { RefusalCode } from "../wire/refusals.gen.ts";

/** Refusals of the media engine, and internal errors, which have no class. */
type OtherCode = "internal_error" | "media_refused";

export type Refusable = RefusalCode | OtherCode | Dismissed["cause"] | Withdrawal;

/** Those that only staff meet: the ways to a clinic's own provider. */
export type StaffRefusable = Extract<RefusalCode, `provider_${string}` | `token_${string}` | "not_linked">;

/** By code, and by the cause of a last message; a missing one is shown in the service's own sentence. */
export type Refusals = Readonly<Partial<Record<Refusable, string>>>;
