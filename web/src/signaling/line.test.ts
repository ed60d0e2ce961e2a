import { describe, expect, it } from "vitest";
import type { Dismissed, NodeMessage } from "../wire/protocol.gen.ts";
import { type Happening, LONG_TRIES, type Line, type Order, lineFrom, step, stuckOf } from "./line.ts";

const KNOWN = { resume: "resume-1", url: "ws://one", connection: "connection-1" };
const GRANTED: Happening = { type: "ticket_granted", ticket: "ticket-1", url: "ws://one" };

const welcomed = (resume: string, connection: string): Happening => ({
  type: "received",
  message: {
    type: "welcomed", connection, session: "s", member: "p", person: null, role: "client", resume,
    now: "2026-03-04T23:00:00Z", ice_servers: [], oversees: false,
  },
});
const refused = (code: string): Happening => received({ type: "refused", code, sentence: "No.", closing: true });
const dismissed = (cause: Dismissed["cause"]): Happening =>
  received({ type: "dismissed", cause, sentence: "Because.", why: null });

function received(message: NodeMessage): Happening {
  return { type: "received", message };
}

const deniedBy = (code: string): Happening => ({ type: "ticket_refused", code, sentence: "No." });

/** The line after this many tries with this course. */
function tried(line: Line, ...way: readonly Happening[]): Line {
  for (let turn = 0; turn < LONG_TRIES; turn += 1) line = after(line, pauseOver, ...way).line;
  return line;
}

/** The line after these happenings, and the orders of the last one. */
function after(line: Line, ...happenings: readonly Happening[]): { line: Line; orders: readonly Order[] } {
  let orders: readonly Order[] = [];
  for (const happening of happenings) [line, orders] = step(line, happening, 0.5);
  return { line, orders };
}

const begun: Happening = { type: "begun" };
const opened: Happening = { type: "socket_opened" };
const lost: Happening = { type: "socket_lost" };
const pauseOver: Happening = { type: "pause_over" };
const inTheRoom = () => after(lineFrom(null), begun, GRANTED, opened, welcomed("resume-1", "connection-1")).line;

describe("somebody new", () => {
  it("gets a ticket, opens the ticket's socket, and shows the ticket first", () => {
    expect(after(lineFrom(null), begun).orders).toEqual([{ type: "ask_ticket" }]);
    expect(after(lineFrom(null), begun, GRANTED).orders).toEqual([{ type: "open", url: "ws://one" }]);
    expect(after(lineFrom(null), begun, GRANTED, opened).orders).toEqual([
      { type: "say", message: { type: "join", ticket: "ticket-1" } },
    ]);
  });

  it("keeps the resume when welcomed", () => {
    const { line, orders } = after(lineFrom(null), begun, GRANTED, opened, welcomed("resume-1", "connection-1"));
    expect(line.phase).toEqual({ is: "open" });
    expect(orders).toEqual([{ type: "keep", resume: "resume-1", connection: "connection-1", url: "ws://one" }]);
  });

  it("who may not enter sees why, and nothing is tried again", () => {
    const { line, orders } = after(lineFrom(null), begun, { type: "ticket_refused", code: "not_on_roster", sentence: "No." });
    expect(line.phase).toEqual({ is: "over", ending: { why: "refused", code: "not_on_roster", sentence: "No." } });
    expect(after(line, pauseOver, opened, lost).orders).toEqual([]);
    expect(orders).not.toContainEqual({ type: "ask_ticket" });
  });

  it("waits while the rooms cannot be reached, and says why", () => {
    const refusal: Happening = { type: "ticket_refused", code: "rooms_unavailable", sentence: "Not now." };
    const { line } = after(lineFrom(null), begun, refusal);
    expect(line.phase).toEqual({ is: "pausing", sentence: "Not now." });
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
  });

  it("gets another ticket if a lost socket used up the first", () => {
    const { line } = after(lineFrom(null), begun, GRANTED, opened, lost);
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
  });

  it.each(["ticket_expired", "ticket_used", "ticket_for_another_node"])("refused with %s gets another ticket", (code) => {
    const { line } = after(lineFrom(null), begun, GRANTED, opened, refused(code));
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
  });
});

describe("somebody who was here before", () => {
  it("comes back after a reload without ticket or lobby, and replaces the old connection", () => {
    expect(after(lineFrom(KNOWN), begun).orders).toEqual([{ type: "open", url: "ws://one" }]);
    expect(after(lineFrom(KNOWN), begun, opened).orders).toEqual([
      { type: "say", message: { type: "resume_session", token: "resume-1", replaces: "connection-1" } },
    ]);
  });

  it("comes back when the socket is lost", () => {
    const { line, orders } = after(inTheRoom(), lost);
    expect(orders).toEqual([{ type: "hang_up" }, { type: "pause", ms: 375 }]);
    expect(after(line, pauseOver, opened).orders).toEqual([
      { type: "say", message: { type: "resume_session", token: "resume-1", replaces: "connection-1" } },
    ]);
  });

  it("asks whether the room has another address when the known one does not answer", () => {
    const { line } = after(inTheRoom(), lost, pauseOver, lost);
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
    const there = after(line, pauseOver, { ...GRANTED, url: "ws://two" });
    expect(there.orders).toEqual([{ type: "open", url: "ws://two" }]);
    expect(after(there.line, opened).orders).toEqual([
      { type: "say", message: { type: "resume_session", token: "resume-1", replaces: "connection-1" } },
    ]);
  });

  it("asks again when the new address does not answer either, since a dead node is known only after seconds", () => {
    const { line } = after(inTheRoom(), lost, pauseOver, lost, pauseOver, GRANTED, lost);
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
  });

  it("tries the old address again while the service cannot be reached", () => {
    const away: Happening = { type: "ticket_refused", code: "database_away", sentence: "Not now." };
    const { line } = after(inTheRoom(), lost, pauseOver, lost, pauseOver, away);
    expect(after(line, pauseOver).orders).toEqual([{ type: "open", url: "ws://one" }]);
  });

  it("asks for the address again when the node cannot open the room now", () => {
    const { line } = after(inTheRoom(), lost, pauseOver, opened, refused("rooms_unavailable"));
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
  });

  it("asks for the new address of a room that moved, and shows the same resume there", () => {
    const moved = after(inTheRoom(), dismissed("moved")).line;
    expect(after(moved, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
    const there = after(moved, pauseOver, { ...GRANTED, url: "ws://two" });
    expect(there.orders).toEqual([{ type: "open", url: "ws://two" }]);
    expect(after(there.line, opened).orders[0]).toMatchObject({ message: { type: "resume_session" } });
  });

  it("comes back at once after being too slow", () => {
    const slow = after(inTheRoom(), dismissed("too_slow")).line;
    expect(after(slow, pauseOver).orders).toEqual([{ type: "open", url: "ws://one" }]);
  });

  it.each(["not_signed_in", "link_revoked", "link_expired", "link_unknown", "not_on_roster", "unreachable"])(
    "comes back after a restart with its resume, although its ticket was refused with %s",
    (code) => {
      const moved = after(inTheRoom(), dismissed("moved"), pauseOver).line;
      const refusedTicket = after(moved, { type: "ticket_refused", code, sentence: "No." }).line;
      expect(refusedTicket.phase.is).toBe("pausing");
      expect(after(refusedTicket, pauseOver).orders).toEqual([{ type: "open", url: "ws://one" }]);
      expect(after(refusedTicket, pauseOver, opened).orders).toEqual([
        { type: "say", message: { type: "resume_session", token: "resume-1", replaces: "connection-1" } },
      ]);
      expect(after(refusedTicket, pauseOver, opened, welcomed("resume-2", "connection-2")).line.phase.is).toBe("open");
    },
  );

  it("tries the last known address and a ticket in turn while neither works", () => {
    const denied: Happening = { type: "ticket_refused", code: "link_revoked", sentence: "No." };
    let line = after(inTheRoom(), dismissed("moved")).line;
    const ways: string[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const next = after(line, pauseOver);
      ways.push(next.orders[0]?.type ?? "nothing");
      line = after(next.line, next.line.phase.is === "asking" ? denied : lost).line;
    }
    expect(ways).toEqual(["ask_ticket", "open", "ask_ticket", "open", "ask_ticket", "open", "ask_ticket", "open"]);
  });

  it("asks for a ticket when its resume is no longer valid", () => {
    const { line } = after(lineFrom(KNOWN), begun, opened, refused("ticket_expired"));
    expect(after(line, pauseOver).orders).toEqual([{ type: "ask_ticket" }]);
  });
});

describe("somebody who waits for long", () => {
  it.each([
    ["link_revoked", "link"], ["link_expired", "link"], ["link_unknown", "link"], ["not_signed_in", "signed_out"],
    ["not_on_roster", "denied"], ["unreachable", "unreachable"], ["rooms_unavailable", "unreachable"],
  ])("because of %s is shown what to do, on every further try", (code, stuck) => {
    const waiting = tried(after(inTheRoom(), dismissed("moved")).line, deniedBy(code));
    expect(stuckOf(waiting)).toBe(stuck);
    expect(stuckOf(after(waiting, pauseOver).line)).toBe(stuck);
  });

  it("at a node that does not answer is shown that", () => {
    expect(stuckOf(tried(after(inTheRoom(), lost).line, lost))).toBe("unreachable");
  });

  it("is shown nothing in the first seconds, and nothing once they are back", () => {
    expect(stuckOf(after(inTheRoom(), lost, pauseOver, lost).line)).toBeNull();
    const waiting = tried(after(inTheRoom(), lost).line, lost);
    const back = after(waiting, pauseOver, GRANTED, opened, welcomed("resume-2", "connection-2")).line;
    expect(stuckOf(back)).toBeNull();
  });
});

describe("the end", () => {
  it("comes by leaving: sent and then forgotten, so that a reload does not come back", () => {
    const { line, orders } = after(inTheRoom(), { type: "left" });
    expect(orders).toEqual([{ type: "say", message: { type: "leave" } }, { type: "forget" }, { type: "hang_up" }]);
    expect(line.phase).toEqual({ is: "over", ending: { why: "left" } });
  });

  it.each(["left", "ended", "removed", "cancelled"] as const)("comes when dismissed because of %s", (cause) => {
    const { line, orders } = after(inTheRoom(), dismissed(cause));
    expect(line.phase).toMatchObject({ is: "over", ending: { why: cause } });
    expect(orders).toContainEqual({ type: "forget" });
  });

  it.each([["removed_from_session", "removed"], ["session_over", "ended"], ["session_cancelled", "cancelled"]])("comes when a resume is refused with %s", (code, why) => {
    expect(after(lineFrom(KNOWN), begun, opened, refused(code)).line.phase).toMatchObject({ ending: { why } });
  });
});

it("a refusal within the room does not change the line", () => {
  const line = inTheRoom();
  const refusal: Happening = received({ type: "refused", code: "invalid_input", sentence: "No.", closing: false });
  expect(after(line, refusal)).toEqual({ line, orders: [] });
});

describe("access that changes", () => {
  it("a renewed resume replaces the previous one, in the tab's storage too", () => {
    const { line, orders } = after(inTheRoom(), received({ type: "resume_renewed", resume: "resume-2" }));
    expect(line.resume).toBe("resume-2");
    expect(line.phase).toEqual({ is: "open" });
    expect(orders).toEqual([{ type: "keep", resume: "resume-2", connection: "connection-1", url: "ws://one" }]);
  });

  it("a person whose part in the session changed asks for a ticket, and sees its answer", () => {
    const asking = after(inTheRoom(), dismissed("changed"), pauseOver);
    expect(asking.orders).toEqual([{ type: "ask_ticket" }]);
    const denied = after(asking.line, deniedBy("not_on_roster"));
    expect(denied.line.phase).toEqual({ is: "over", ending: { why: "refused", code: "not_on_roster", sentence: "No." } });
    const again = after(asking.line, GRANTED, opened);
    expect(again.orders).toEqual([{ type: "say", message: { type: "join", ticket: "ticket-1" } }]);
  });

  it("a resume for a changed place is forgotten, and a ticket is requested", () => {
    const away = after(inTheRoom(), lost, pauseOver, opened, refused("place_changed"), pauseOver);
    expect(away.orders).toEqual([{ type: "ask_ticket" }]);
  });

  it("a person without a valid link or sign-in sees that, and nothing is tried again", () => {
    const { line, orders } = after(inTheRoom(), dismissed("withdrawn"));
    expect(line.phase).toEqual({ is: "over", ending: { why: "withdrawn", sentence: "Because." } });
    expect(orders).toEqual([{ type: "forget" }, { type: "hang_up" }]);
  });

  it.each(["link_revoked", "not_signed_in", "deactivated"])("a resume refused with %s is not shown again, and the current credential is", (code) => {
    const asking = after(inTheRoom(), lost, pauseOver, opened, refused(code), pauseOver);
    expect(asking.orders).toEqual([{ type: "ask_ticket" }]);
    expect(after(asking.line, deniedBy(code)).line.phase).toEqual({ is: "over", ending: { why: "refused", code, sentence: "No." } });
    expect(after(asking.line, GRANTED, opened).orders).toEqual([{ type: "say", message: { type: "join", ticket: "ticket-1" } }]);
  });
});
