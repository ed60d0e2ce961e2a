/** The REST API as functions. What is refused, and what cannot be reached, arrives as one kind of error in plain words. */

import type {
  Attendance, CancelSession, Invitation, Me, Note, Page, Problem, RemovePerson, RoomView, Session, SignIn, SignNote,
  TakeoverReason, TakeResponsibility, TicketView,
} from "./api.gen.ts";
import * as clock from "./now.ts";

/** A request that did not succeed. `message` is for people: what happened and what to do next. */
export class RequestRefused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, sentence: string) {
    super(sentence);
    this.code = code;
    this.status = status;
  }
}

/** The code of a request that never reached the service. */
export const UNREACHABLE = "unreachable";

/** A network that swallows everything would keep a page waiting for minutes. */
const PATIENCE_MS = 20_000;

const NO_NETWORK = "We cannot reach Vesper just now. Check that you are online, then try again.";
const SIGNED_OUT = "You are signed out. Sign in again in another window of this browser, then try again here.";
const NO_WORDS = "Something went wrong on our side. Try again in a minute; if it stays, tell your program.";

type Items<T> = Omit<Page, "items"> & { readonly items: ReadonlyArray<T> };

export const api = {
  me: () => request<Me | null>("GET", "/api/me"),
  signIn: (body: SignIn) => request<Me>("POST", "/api/sign-in", body),
  signOut: () => request<null>("POST", "/api/sign-out", {}),
  sessionsToday: async () => (await request<Items<Session>>("GET", "/api/sessions")).items,
  session: (id: string) => request<Session>("GET", `/api/sessions/${id}`),
  cancelSession: (id: string, body: CancelSession) => request<Session>("POST", `/api/sessions/${id}/cancellation`, body),
  reinstateSession: (id: string) => request<Session>("DELETE", `/api/sessions/${id}/cancellation`),
  openJoinLink: (link: string) => request<Invitation>("POST", "/api/join-links/open", { link }),
  ticket: (session: string, link: string | null) =>
    request<TicketView>("POST", `/api/sessions/${session}/tickets`, link === null ? {} : { link }),
  room: (session: string) => request<RoomView>("GET", `/api/sessions/${session}/room`),
  removePerson: (session: string, person: string) =>
    request<null>("POST", `/api/sessions/${session}/removals`, { person } satisfies RemovePerson),
  readmitPerson: (session: string, person: string) =>
    request<null>("DELETE", `/api/sessions/${session}/removals/${person}`),
  takeResponsibility: (session: string, why: TakeoverReason) =>
    request<null>("POST", `/api/sessions/${session}/responsibility`, { why } satisfies TakeResponsibility),
  attendance: (session: string) => request<Attendance>("GET", `/api/sessions/${session}/attendance`),
  notes: async (session: string) => (await request<Items<Note>>("GET", `/api/sessions/${session}/notes`)).items,
  signNote: (note: string, body: SignNote) => request<Note>("POST", `/api/notes/${note}/signatures`, body),
};

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  clock.hearHeader(response.headers.get("date"));
  if (!response.ok) throw await refusal(response);
  return (response.status === 204 ? null : await response.json()) as T;
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  try {
    return await fetch(path, { method, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS), ...content });
  } catch (cause) {
    const unreachable = new RequestRefused(UNREACHABLE, 0, NO_NETWORK);
    unreachable.cause = cause;
    throw unreachable;
  }
}

async function refusal(response: Response): Promise<RequestRefused> {
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return new RequestRefused(problem.code ?? "unknown", response.status, problem.detail ?? NO_WORDS);
  } catch {
    return new RequestRefused("unknown", response.status, NO_WORDS);
  }
}

/** True where the way on is to sign in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestRefused && error.code === "not_signed_in";
}

/** What to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (isSignedOut(error)) return SIGNED_OUT;
  return error instanceof RequestRefused ? error.message : NO_WORDS;
}
