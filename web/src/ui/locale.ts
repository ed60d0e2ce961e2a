/** The language in which this page reads and writes dates, times and numbers. */

import { localeOf } from "../format.ts";

export function locale(): string {
  return localeOf(globalThis.navigator?.languages ?? []);
}
