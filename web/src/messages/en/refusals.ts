/** The sentences of refusals and of the room's last words. The service writes them in English: there is nothing to say again. */

import type { Refusals } from "../refusable.ts";

export const refusals: Refusals = {};
