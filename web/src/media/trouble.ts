/** What stands between a person and their camera or microphone, and what they can do about it. */

export type Kind = "microphone" | "camera";
export type Trouble = "denied" | "missing" | "busy" | "unsupported";

/** What `getUserMedia` failed with, in our words. */
export function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return name === "TypeError" || error instanceof TypeError ? "unsupported" : "busy";
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
