/** What stands between a person and their camera or microphone, and what they can do about it. */

import { PAUSED } from "../privacy/words.ts";

export type Kind = "microphone" | "camera";
export type Trouble = "denied" | "missing" | "busy" | "unsupported";

/** What `getUserMedia` failed with, in our words. */
export function troubleOf(error: unknown): Trouble {
  const name = nameOf(error);
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return name === "TypeError" ? "unsupported" : "busy";
}

/** The name of whatever was thrown: what browsers throw for devices and sound is not always a `DOMException`. */
export function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
}

const WORDS: Record<Trouble, (devices: string) => string> = {
  denied: (devices) =>
    `Your browser is not letting Vesper use the ${devices}. Press the icon beside the address at the top of the window, ` +
    `allow the ${devices}, then press “Try again”. On a phone, also look in Settings under your browser's name.`,
  missing: (devices) =>
    `We could not find the ${devices}. If there is a plug or a switch, check it, then press “Try again”.`,
  busy: (devices) =>
    `Another program seems to be using the ${devices}. Close other video calls, then press “Try again”.`,
  unsupported: (devices) =>
    `This browser cannot use the ${devices} here. A current Chrome, Edge, Firefox or Safari can.`,
};

/** What to do about these devices that have the same trouble. */
export function helpFor(kinds: readonly Kind[], trouble: Trouble): string {
  return WORDS[trouble](kinds.join(" and "));
}

/** What it means that the device itself has stopped these, as phones do during a call. */
export function whilePaused(kinds: readonly Kind[]): string {
  return (
    `Your device has stopped the ${kinds.join(" and ")}, as phones do during a call. ${PAUSED} It comes back by itself when the call ends; if it does not, press “Try again”.`
  );
}
