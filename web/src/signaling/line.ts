/**
 * The line to a signaling node, as a pure state machine: what happens goes in, orders to the shell come out.
 *
 * It gets a ticket and shows it as the first message. From then on it comes back with the resume from its welcome, on
 * any node that holds the room, until its end. Two ways alternate when one fails: the resume at the last known address,
 * and a ticket, which also carries the room's current address. Neither waits for the other.
 */

import type { Dismissed, Refused, Request, NodeMessage } from "../wire/protocol.gen.ts";
import { pauseBefore } from "./pause.ts";

/** Why the line has ended for good. */
export type Ending =
  | { readonly why: "left" }
  | { readonly why: "ended" }
  | { readonly why: "cancelled" }
  | { readonly why: "removed"; readonly sentence: string }
  | { readonly why: "withdrawn"; readonly sentence: string }
  | { readonly why: "refused"; readonly code: string; readonly sentence: string };

export type Phase =
  | { readonly is: "asking" }
  | { readonly is: "opening" }
  | { readonly is: "open" }
  | { readonly is: "pausing"; readonly sentence: string | null }
  | { readonly is: "over"; readonly ending: Ending };

export interface Line {
  readonly phase: Phase;
  /** Tries since the last welcome. */
  readonly tries: number;
  /** The last try at the address got no welcome: ask whether the room has another before trying again. */
  readonly doubted: boolean;
  /** The last known address of the node; null before the first ticket. */
  readonly url: string | null;
  /** Why the last request for a ticket failed; null if it succeeded or none was needed. */
  readonly denied: Denied | null;
  /** A ticket that was not shown yet; it is valid once. */
  readonly ticket: string | null;
  readonly resume: string | null;
  /** The connection that was welcomed last, which a resume replaces. */
  readonly connection: string | null;
}

/** A refusal, for people. */
export interface Denied {
  readonly code: string;
  readonly sentence: string;
}

/** How to come back; a tab keeps this across a reload. */
export interface Known {
  readonly resume: string;
  readonly url: string;
  readonly connection: string;
}

export type Happening =
  | { readonly type: "begun" }
  | { readonly type: "ticket_granted"; readonly ticket: string; readonly url: string }
  | { readonly type: "ticket_refused"; readonly code: string; readonly sentence: string }
  | { readonly type: "socket_opened" }
  | { readonly type: "socket_lost" }
  | { readonly type: "received"; readonly message: NodeMessage }
  | { readonly type: "pause_over" }
  | { readonly type: "left" };

export type Order =
  | { readonly type: "ask_ticket" }
  | { readonly type: "open"; readonly url: string }
  | { readonly type: "say"; readonly message: Request }
  | { readonly type: "hang_up" }
  | { readonly type: "pause"; readonly ms: number }
  | ({ readonly type: "keep" } & Known)
  | { readonly type: "forget" };

export type Step = readonly [Line, readonly Order[]];

/** Refusals that a wait cannot change. */
const FINAL_CODES = new Set([
  "removed_from_session", "session_over", "session_cancelled", "not_on_roster", "licence_missing", "forbidden", "not_found", "not_signed_in",
  "link_unknown", "link_expired", "link_revoked", "deactivated", "wrong_origin",
]);
const LINK_CODES = new Set(["link_unknown", "link_expired", "link_revoked"]);
/** After this many tries, about ten seconds, the page says what a person can do. */
export const LONG_TRIES = 8;
/** The resume or ticket is no longer valid; a new ticket may be. */
const STALE_CODES = new Set(["ticket_expired", "ticket_used", "ticket_forged", "place_changed"]);

/** A line for a new person (nothing known), or for one who was here before. */
export function lineFrom(known: Known | null): Line {
  const nothing = { url: null, resume: null, connection: null };
  return { phase: { is: "pausing", sentence: null }, tries: 0, doubted: false, denied: null, ticket: null, ...(known ?? nothing) };
}

/** Why a person has waited long to come in. */
export type Stuck = "unreachable" | "link" | "signed_out" | "denied";

/** Null in the first tries, and while all is well. */
export function stuckOf({ phase, tries, denied }: Line): Stuck | null {
  if (phase.is === "open" || phase.is === "over" || tries < LONG_TRIES) return null;
  if (denied === null) return "unreachable";
  if (LINK_CODES.has(denied.code)) return "link";
  if (denied.code === "not_signed_in") return "signed_out";
  return FINAL_CODES.has(denied.code) ? "denied" : "unreachable";
}

/** The next state and the orders. `chance`, from 0 to 1, spreads clients that come back at the same moment. */
export function step(line: Line, happening: Happening, chance: number): Step {
  if (line.phase.is === "over") return [line, []];
  switch (happening.type) {
    case "begun":
    case "pause_over":
      return line.phase.is === "pausing" ? attempt(line) : [line, []];
    case "ticket_granted":
      return attempt({ ...line, ticket: happening.ticket, url: happening.url, doubted: false, denied: null });
    case "ticket_refused":
      return ticketRefused(line, happening, chance);
    case "socket_opened":
      return introduce(line);
    case "socket_lost":
      return pause({ ...line, doubted: line.phase.is === "opening" }, chance, null);
    case "received":
      return received(line, happening.message, chance);
    case "left":
      return leave(line);
  }
}

function attempt(line: Line): Step {
  const nothingToShow = line.ticket === null && line.resume === null;
  if (line.url === null || line.doubted || nothingToShow) return [{ ...line, phase: { is: "asking" } }, [{ type: "ask_ticket" }]];
  return [{ ...line, phase: { is: "opening" } }, [{ type: "open", url: line.url }]];
}

function introduce(line: Line): Step {
  if (line.resume !== null) {
    return [line, [{ type: "say", message: { type: "resume_session", token: line.resume, replaces: line.connection } }]];
  }
  if (line.ticket === null) return attempt(line);
  return [{ ...line, ticket: null }, [{ type: "say", message: { type: "join", ticket: line.ticket } }]];
}

function ticketRefused(line: Line, why: { code: string; sentence: string }, chance: number): Step {
  if (why.code === "session_cancelled") return over(line, { why: "cancelled" });
  const final = FINAL_CODES.has(why.code) && line.resume === null;
  if (final) return over(line, { why: "refused", code: why.code, sentence: why.sentence });
  const denied = { code: why.code, sentence: why.sentence };
  return pause({ ...line, doubted: false, denied }, chance, line.resume === null ? why.sentence : null);
}

function received(line: Line, message: NodeMessage, chance: number): Step {
  switch (message.type) {
    case "welcomed": {
      const { resume, connection } = message;
      const welcome: Line = { ...line, phase: { is: "open" }, tries: 0, doubted: false, denied: null, ticket: null, resume, connection };
      return [welcome, [{ type: "keep", resume, connection, url: line.url ?? "" }]];
    }
    case "resume_renewed": {
      const { resume } = message;
      const kept: readonly Order[] = line.connection === null ? [] : [{ type: "keep", resume, connection: line.connection, url: line.url ?? "" }];
      return [{ ...line, resume }, kept];
    }
    case "dismissed":
      return dismissed(line, message, chance);
    case "refused":
      return message.closing ? refused(line, message, chance) : [line, []];
    default:
      return [line, []];
  }
}

function dismissed(line: Line, message: Dismissed, chance: number): Step {
  switch (message.cause) {
    case "left":
      return over(line, { why: "left" });
    case "ended":
    case "cancelled":
      return over(line, { why: message.cause });
    case "removed":
      return over(line, { why: "removed", sentence: message.sentence });
    case "moved":
      return pause({ ...line, doubted: true }, chance, null);
    case "too_slow":
      return pause(line, chance, null);
    case "changed":
      return pause({ ...line, resume: null, ticket: null }, chance, message.sentence);
    case "withdrawn":
      return over(line, { why: "withdrawn", sentence: message.sentence });
  }
}

function refused(line: Line, message: Refused, chance: number): Step {
  if (message.code === "removed_from_session") return over(line, { why: "removed", sentence: message.sentence });
  if (message.code === "session_over") return over(line, { why: "ended" });
  if (message.code === "session_cancelled") return over(line, { why: "cancelled" });
  // The resume is no longer valid, but their current link or sign-in may be, as after signing in again: try a ticket.
  if (FINAL_CODES.has(message.code) && line.resume !== null) return pause({ ...line, resume: null }, chance, message.sentence);
  if (FINAL_CODES.has(message.code)) return over(line, { why: "refused", code: message.code, sentence: message.sentence });
  if (STALE_CODES.has(message.code)) return pause({ ...line, resume: null, ticket: null }, chance, null);
  if (message.code === "ticket_for_another_node") return pause({ ...line, doubted: true, ticket: null }, chance, null);
  return pause({ ...line, doubted: true }, chance, message.sentence);
}

function leave(line: Line): Step {
  const [ended, orders] = over(line, { why: "left" });
  const goodbye: readonly Order[] = line.phase.is === "open" ? [{ type: "say", message: { type: "leave" } }] : [];
  return [ended, [...goodbye, ...orders]];
}

function pause(line: Line, chance: number, sentence: string | null): Step {
  const next: Line = { ...line, phase: { is: "pausing", sentence }, tries: line.tries + 1 };
  return [next, [{ type: "hang_up" }, { type: "pause", ms: pauseBefore(next.tries, chance) }]];
}

function over(line: Line, ending: Ending): Step {
  return [{ ...line, phase: { is: "over", ending }, resume: null, ticket: null }, [{ type: "forget" }, { type: "hang_up" }]];
}
