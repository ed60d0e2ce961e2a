/**
 * The numbers of one writer's saves. Each is higher than all before it, also than those of an earlier life of this page
 * or of another device: they are the service's time, and never less than the last one plus one.
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

/** For tabs that remember nothing. */
let highest = 0;
