import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalMedia } from "../../media/local.ts";
import { LiveRoom } from "../../room/live-room.ts";
import type { NoteSaved, SaveNote, NodeMessage, Welcomed } from "../../wire/protocol.gen.ts";
import { Drafts } from "./drafts.ts";
import { keepDrafts } from "./keep-drafts.ts";

let said: SaveNote[] = [];
let live: LiveRoom;
let drafts: Drafts;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  live = new LiveRoom({ session: "s", askTicket: () => Promise.reject(new Error("not asked")) }, new LocalMedia());
  drafts = new Drafts("s", (message) => said.push(message) > 0);
  end = keepDrafts(live, drafts);
});
afterEach(() => {
  end();
  vi.useRealTimers();
  sessionStorage.clear();
});

const welcomed: Partial<Welcomed> = { type: "welcomed", connection: "c1", person: "dana", role: "facilitator", now: "2026-03-04T23:00:00Z", ice_servers: [] };
const hear = (message: unknown) => live.hear(message as NodeMessage);
const saved = (): NoteSaved => ({
  type: "note_saved", client: null, kind: "progress", revision: said.at(-1)?.revision ?? 0, at: "2026-03-04T23:00:05Z",
});

it("a note counts as saved only once the node confirms it", () => {
  drafts.of(null).type("Calm.");
  drafts.flush();
  expect(drafts.unsaved()).toEqual(["Calm."]);
  hear(saved());
  expect(drafts.unsaved()).toEqual([]);
});

it("unconfirmed text is sent again on a new connection", () => {
  drafts.of(null).type("Calm.");
  drafts.flush();
  hear(welcomed);
  expect(said.map(({ text }) => text)).toEqual(["Calm.", "Calm."]);
});

it("leaving waits until the last words are saved", async () => {
  drafts.of(null).type("Calm.");
  const left = vi.fn<() => void>();
  void live.leave().then(left);
  await vi.advanceTimersByTimeAsync(100);
  expect(said).toHaveLength(1);
  expect(left).not.toHaveBeenCalled();
  hear(saved());
  await vi.advanceTimersByTimeAsync(100);
  expect(left).toHaveBeenCalledOnce();
});

it("a page that closes saves typed text, and asks before closing if it cannot", () => {
  drafts.of(null).type("Calm.");
  const going = new Event("beforeunload", { cancelable: true });
  dispatchEvent(going);
  expect(said.map(({ text }) => text)).toEqual(["Calm."]);
  expect(going.defaultPrevented).toBe(true);
  hear(saved());
  const gone = new Event("beforeunload", { cancelable: true });
  dispatchEvent(gone);
  expect(gone.defaultPrevented).toBe(false);
});
