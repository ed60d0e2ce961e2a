/**
 * The numbers of one writer's saves. Each is higher than all before, even those of an earlier load of this page or of
 * another device: a number is the service's time, and at least the last number plus one.
 */

import * as clock from "../../now.ts";
import { kept } from "../../storage.ts";

const lastRevision = kept<number>(() => sessionStorage, "vesper.revision");

/** The number of the next save. */
export function nextRevision(): number {
  const next = Math.max((lastRevision.read() ?? 0) + 1, Math.floor(clock.at()), highest + 1);
  highest = next;
  lastRevision.keep(next);
  return next;
}

/** For tabs without storage. */
let highest = 0;
