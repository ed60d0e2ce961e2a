import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Accept, Offered } from "../wire/protocol.gen.ts";
import { ScriptedPeer } from "./scripted/peer.ts";
import { Subscribing } from "./subscribing.ts";

const FEEDS = { "0": { connection: "pat", kind: "audio" }, "1": { connection: "pat", kind: "video" } } as const;
const offer = (offer_id: number, connection_id = "first", sdp = `offer ${offer_id}`): Offered => ({
  type: "offered", offer_id, connection_id, sdp, feeds: FEEDS, slots: [],
});

function begin(slow?: () => Promise<void>) {
  const { peers, makes } = ScriptedPeer.factory(slow);
  const accepted: Accept[] = [];
  const resubscribed: boolean[] = [];
  const subscribing = new Subscribing(makes, {
    accept: (message) => accepted.push(message),
    resubscribe: (keep) => resubscribed.push(keep),
  });
  return { subscribing, peers, accepted, resubscribed };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("offers", () => {
  it("are answered one after the other, in the order they came", async () => {
    const waits = [30, 10, 0];
    const { subscribing, peers, accepted } = begin(() => new Promise((ready) => setTimeout(ready, waits.shift())));
    const answering = Promise.all([1, 2, 3].map((id) => subscribing.offered(offer(id))));
    await vi.advanceTimersByTimeAsync(100);
    await answering;
    expect(accepted.map(({ offer_id, answer }) => [offer_id, answer])).toEqual([
      [1, "answer to offer 1"], [2, "answer to offer 2"], [3, "answer to offer 3"],
    ]);
    expect(peers[0]?.log).toEqual([1, 2, 3].flatMap((id) => [`offer offer ${id} begins`, `offer offer ${id} ends`]));
  });

  it("for the same connection reuse its peer connection; another id gets another one", async () => {
    const { subscribing, peers } = begin();
    await subscribing.offered(offer(1));
    await subscribing.offered(offer(2));
    expect(peers).toHaveLength(1);
    await subscribing.offered(offer(3, "second"));
    expect(peers).toHaveLength(2);
    expect(peers[0]?.log.at(-1)).toBe("closed");
  });

  it("say which media section belongs to whom", async () => {
    const { subscribing } = begin();
    await subscribing.offered(offer(1));
    expect(subscribing.incoming.value.get("pat")).toEqual({ video: "video track" });
    expect(subscribing.sounds.value).toEqual([{ mid: "0", track: "audio track" }]);
  });

  it("may keep a slot for the current speaker, who may change", async () => {
    const { subscribing } = begin();
    await subscribing.offered({ ...offer(1), feeds: { "1": FEEDS["1"] }, slots: ["0"] });
    expect(subscribing.sounds.value).toEqual([{ mid: "0", track: "audio track" }]);
    for (const heard of ["sam", "lee"]) {
      subscribing.voicesChanged({ type: "voices_changed", connection_id: "first", voices: { "0": heard } });
      expect(subscribing.feeds).toEqual({ "0": { connection: heard, kind: "audio" }, "1": FEEDS["1"] });
    }
    subscribing.voicesChanged({ type: "voices_changed", connection_id: "another", voices: {} });
    await subscribing.offered({ ...offer(2), feeds: {}, slots: ["0"] });
    expect(subscribing.feeds).toEqual({ "0": { connection: "lee", kind: "audio" } });
  });

  it("mark pictures that this browser refused, until they arrive in a format it accepts", async () => {
    const { subscribing } = begin();
    await subscribing.offered(offer(1));
    const refuse = (connection_id: string, mids: string[]) =>
      subscribing.picturesRefused({ type: "pictures_refused", connection_id, mids });
    refuse("another", ["1"]);
    expect(subscribing.incoming.value.get("pat")).toEqual({ video: "video track" });
    refuse("first", ["1"]);
    expect(subscribing.incoming.value.get("pat")).toEqual({ refused: new Set(["video"]) });
    refuse("first", []);
    expect(subscribing.incoming.value.get("pat")).toEqual({ video: "video track" });
  });

  it("still in the queue at the end are not answered", async () => {
    const { subscribing, accepted } = begin();
    const answering = subscribing.offered(offer(1));
    subscribing.end();
    await answering;
    expect(accepted).toEqual([]);
    expect(subscribing.incoming.value.size).toBe(0);
  });

  it("that cannot be used lead to a new one, and do not block the queue", async () => {
    const { subscribing, accepted, resubscribed } = begin();
    await subscribing.offered(offer(1, "first", "broken"));
    vi.advanceTimersByTime(2_000);
    expect(resubscribed).toEqual([false]);
    await subscribing.offered(offer(2, "second"));
    expect(accepted.map((message) => message.offer_id)).toEqual([2]);
  });
});

describe("a receiving connection", () => {
  it("that failed is requested again", async () => {
    const { subscribing, peers, resubscribed } = begin();
    await subscribing.offered(offer(1));
    peers[0]?.turn("failed");
    vi.advanceTimersByTime(2_000);
    expect(resubscribed).toEqual([false]);
  });

  it("that lost its path is offered again at once, and has six seconds to recover", async () => {
    const { subscribing, peers, resubscribed } = begin();
    await subscribing.offered(offer(1));
    peers[0]?.turn("disconnected");
    vi.advanceTimersByTime(5_000);
    peers[0]?.turn("connected");
    vi.advanceTimersByTime(20_000);
    expect(resubscribed).toEqual([true]);
    peers[0]?.turn("disconnected");
    vi.advanceTimersByTime(8_000);
    expect(resubscribed).toEqual([true, true, false]);
  });
});
