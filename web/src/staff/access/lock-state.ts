/** Whether this tab's sign-in is locked. The service decides; this follows what it says. */

import { signal } from "@preact/signals";
import { isLocked, UNLOCKED, whenRefused } from "../../wire/request.ts";

export const locked = signal(false);
/** Locks within a minute, unless somebody uses the page. */
export const locksSoon = signal(false);

export function lockPage(): void {
  locked.value = true;
}

export function unlockPage(): void {
  if (!locked.value) return;
  locked.value = false;
  dispatchEvent(new Event(UNLOCKED));
}

/** Lock the page once the service refuses a request for that. Returns a function that ends it. */
export const followLock = (): (() => void) => whenRefused((error) => isLocked(error) && lockPage());
