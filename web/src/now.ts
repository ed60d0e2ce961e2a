/** The time, once a second, by the service's clock: a browser's own may be minutes off. */

import { computed, signal } from "@preact/signals";
import type { Instant } from "./api.gen.ts";

const browser = signal(Date.now());
const ahead = signal(0);
setInterval(() => (browser.value = Date.now()), 1_000);

/** Milliseconds since the epoch. */
export const now = computed(() => browser.value + ahead.value);

/** The service has just said what time it is. */
export function set(serviceNow: Instant): void {
  ahead.value = Date.parse(serviceNow) - Date.now();
  browser.value = Date.now();
}

/** Whole seconds from now until then; negative when it is past. */
export function secondsUntil(then: Instant): number {
  return Math.ceil((Date.parse(then) - now.value) / 1_000);
}
