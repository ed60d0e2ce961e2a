/** What stands between a person and their camera or microphone, and what they can do about it. */

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
