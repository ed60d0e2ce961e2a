/** Why a camera or microphone does not work. */

export type Kind = "microphone" | "camera";
export type Trouble = "denied" | "missing" | "busy" | "unsupported";

/** The kind of a failure of `getUserMedia`. */
export function troubleOf(error: unknown): Trouble {
  const name = nameOf(error);
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return name === "TypeError" ? "unsupported" : "busy";
}

/** The name of a thrown value; for devices and sound, browsers do not always throw a `DOMException`. */
export function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
}
