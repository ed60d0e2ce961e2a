import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Publishing } from "./publishing.ts";
import { ScriptedPeer } from "./scripted/peer.ts";

const track = (name: string) => name as unknown as MediaStreamTrack;
const BOTH = { microphone: track("my microphone"), camera: track("my camera"), screen: null };
const NEITHER = { microphone: null, camera: null, screen: null };

function begin() {
  const { peers, makes } = ScriptedPeer.factory();
  const offers: string[] = [];
  const publishing = new Publishing(makes, (offer) => offers.push(offer) > 0);
  return { publishing, peers, offers };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("the browser offers audio first and video second, and accepts the answer", async () => {
  const { publishing, peers, offers } = begin();
  await publishing.begin(BOTH);
  expect(peers[0]?.senders.map((sender) => sender.track)).toEqual(["my microphone", "my camera", "video"]);
  expect(offers).toEqual(["offer of 1"]);
  await publishing.answered("answer");
  expect(peers[0]?.log).toContain("answer answer ends");
});

it("a place is kept for devices that are missing, so that they can come later without negotiating", async () => {
  const { publishing, peers, offers } = begin();
  await publishing.begin(NEITHER);
  await publishing.replace(BOTH);
  expect(peers[0]?.senders.map((sender) => sender.track)).toEqual(["my microphone", "my camera", null]);
  expect(offers).toHaveLength(1);
});

it("an answer to an older offer is not used for the newest one", async () => {
  const { publishing, peers } = begin();
  await publishing.begin(BOTH);
  await publishing.begin(BOTH);
  await publishing.answered("old");
  expect(peers[1]?.log).toEqual([]);
  await publishing.answered("new");
  expect(peers[1]?.log).toContain("answer new ends");
});

it("a failed connection is offered again with the current devices", async () => {
  const { publishing, peers, offers } = begin();
  await publishing.begin(BOTH);
  await publishing.answered("answer");
  await publishing.replace(NEITHER);
  peers[0]?.turn("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(offers).toEqual(["offer of 1", "offer of 2"]);
  expect(peers[1]?.senders.map((sender) => sender.track)).toEqual(["audio", "video", "video"]);
});

it("an offer without an answer is sent again", async () => {
  const { publishing, offers } = begin();
  await publishing.begin(BOTH);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(offers).toHaveLength(2);
});

it("a connection that lost its path finds another under the same certificate", async () => {
  const { publishing, peers, offers } = begin();
  await publishing.begin(BOTH);
  await publishing.answered("answer");
  peers[0]?.turn("disconnected");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(peers[0]?.log).toContain("ICE restarts");
  expect(offers).toEqual(["offer of 1", "offer of 1"]);
  await publishing.answered("another");
  expect(peers[0]?.log).toContain("answer another ends");
});

it("media that the engine lost is published again at once, but only once", async () => {
  const { publishing, offers } = begin();
  await publishing.begin(BOTH);
  await publishing.answered("answer");
  publishing.lost();
  publishing.lost();
  await vi.advanceTimersByTimeAsync(1);
  expect(offers).toEqual(["offer of 1", "offer of 2"]);
});

it("a screen is shared and removed without negotiating", async () => {
  const { publishing, peers, offers } = begin();
  await publishing.begin(BOTH);
  await publishing.replace({ ...BOTH, screen: track("my screen") });
  expect(peers[0]?.senders[2]?.track).toBe("my screen");
  await publishing.replace(BOTH);
  expect(peers[0]?.senders[2]?.track).toBeNull();
  expect(offers).toHaveLength(1);
});

it("after the end nothing is offered", async () => {
  const { publishing, peers, offers } = begin();
  await publishing.begin(BOTH);
  publishing.end();
  peers[0]?.turn("failed");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(offers).toHaveLength(1);
});
