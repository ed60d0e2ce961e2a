/** Requests to the service. Refusals and network failures arrive as one kind of error, in plain words. */

import { refusalSentence } from "../messages/refusals.ts";
import { words } from "../messages/words.ts";
import * as clock from "../now.ts";
import type { Page, Problem } from "./api.gen.ts";

/** A request that did not succeed. `message` is for people: what happened and what to do next. */
export class RequestRefused extends Error {
  readonly code: string;
  readonly status: number;
  /** The wrong place in the request, such as `$.email`; null if the request itself was right. */
  readonly path: string | null;

  constructor(code: string, status: number, sentence: string, path: string | null = null) {
    super(sentence);
    this.code = code;
    this.status = status;
    this.path = path;
  }
}

/** The code of a request that never reached the service. */
export const UNREACHABLE = "unreachable";

/** A network that drops everything would keep a page waiting for minutes. */
const PATIENCE_MS = 20_000;
/** A file may be large, and the line slow. */
const LONG_PATIENCE_MS = 15 * 60_000;

/** A list as the service sends it. */
export type Items<T> = Omit<Page, "items"> & { readonly items: ReadonlyArray<T> };

const listeners = new Set<(refused: RequestRefused) => unknown>();

/** Hear of every refusal of the service, wherever it is handled. Returns a function that ends it. */
export function whenRefused(hear: (refused: RequestRefused) => unknown): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

/** Sends a request to the service, and returns the content of its answer. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  clock.hearHeader(response.headers.get("date"));
  if (!response.ok) {
    const refused = await refusal(response);
    for (const hear of listeners) hear(refused);
    throw refused;
  }
  return (response.status === 204 ? null : named(await response.json())) as T;
}

/** What the service sends in place of the name of somebody who was erased. */
const ERASED = "[erased]";

/** The content of an answer, in which the erased are called so in the language of the page. */
function named(content: unknown): unknown {
  if (typeof content === "string") return content.startsWith(ERASED) ? words.common.erased + content.slice(ERASED.length) : content;
  if (Array.isArray(content)) return content.map(named);
  if (typeof content !== "object" || content === null) return content;
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, named(value)]));
}

/** Fetches a file and hands it to the browser to save under that name. */
export async function saveFile(method: string, path: string, name: string, body?: unknown): Promise<void> {
  const response = await send(method, path, body, LONG_PATIENCE_MS);
  if (!response.ok) throw await refusal(response);
  const address = URL.createObjectURL(await wholeFile(response));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

async function wholeFile(response: Response): Promise<Blob> {
  try {
    return await response.blob();
  } catch {
    throw new RequestRefused(UNREACHABLE, 0, words.common.noNetwork);
  }
}

async function send(method: string, path: string, body: unknown, patience = PATIENCE_MS): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  try {
    return await fetch(path, { method, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(patience), ...content });
  } catch (cause) {
    const unreachable = new RequestRefused(UNREACHABLE, 0, words.common.noNetwork);
    unreachable.cause = cause;
    throw unreachable;
  }
}

async function refusal(response: Response): Promise<RequestRefused> {
  try {
    const problem = (await response.json()) as Partial<Problem>;
    const { code = "unknown", detail = words.common.noSentence, path = null } = problem;
    return new RequestRefused(code, response.status, refusalSentence(code, detail), path);
  } catch {
    return new RequestRefused("unknown", response.status, words.common.noSentence);
  }
}

/** True if the person must sign in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestRefused && error.code === "not_signed_in";
}

/** True if the page is locked until the person confirms that it is them. */
export function isLocked(error: unknown): boolean {
  return error instanceof RequestRefused && error.code === "locked";
}

/** Sent to the window when the lock is gone: what it refused may be asked for again. */
export const UNLOCKED = "vesper-unlocked";

/** True if the same request may succeed later: the lock, the network, the service or too many attempts caused the failure. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof RequestRefused) || error.code === UNREACHABLE || isLocked(error) || error.status >= 429;
}

/** The sentence to show for any thrown value. */
export function sentenceOf(error: unknown): string {
  if (isSignedOut(error)) return words.common.signedOut;
  return error instanceof RequestRefused ? error.message : words.common.noSentence;
}
