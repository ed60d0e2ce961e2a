import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalMedia } from "../media/local.ts";
import { ScriptedDevices } from "../media/scripted/devices.ts";
import { ScriptedPeer } from "../media/scripted/peer.ts";
import type { Role, RoomChanged, Welcomed } from "../wire/protocol.gen.ts";
import { LiveRoom } from "./live-room.ts";

let peers: ScriptedPeer[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-04T23:00:00Z") });
  ScriptedDevices.install();
  peers = [];
  const Peer = class extends ScriptedPeer {
    constructor() {
      super(peers.length + 1);
      peers.push(this);
    }
  };
  vi.stubGlobal("RTCPeerConnection", Peer);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  sessionStorage.clear();
});

const welcomed = (role: Role, connection = "c1") =>
  ({ type: "welcomed", connection, session: "s", member: "p", role, resume: "r", now: "2026-03-04T23:00:00Z", ice_servers: [] }) as unknown as Welcomed;
const changed = (here: boolean) =>
  ({
    type: "room_changed", phase: "live", here, starts: "2026-03-04T23:00:00Z", ends: "2026-03-05T02:00:00Z",
    started_at: null, break_since: null, participants: [], waiting: [], trouble: null,
  }) as unknown as RoomChanged;

/** A page with microphone and camera on, as at the door. */
async function atTheDoor(): Promise<LiveRoom> {
  const media = new LocalMedia();
  await media.turnOn("microphone", "camera");
  return new LiveRoom({ session: "s", askTicket: () => Promise.reject(new Error("not asked")) }, media);
}

const exposed = ({ media }: LiveRoom) => media.audible.value || media.visible.value || media.screen.value !== null;
/** The tracks that peer connections carry, without the empty transceivers. */
const sent = () => peers.flatMap((peer) => peer.senders.map(({ track }) => track)).filter((track) => typeof track === "object");

it("a client who comes straight in sends nothing before they turn it on", async () => {
  const live = await atTheDoor();
  live.hear(welcomed("client"));
  live.hear(changed(true));
  expect(exposed(live)).toBe(false);
  expect(sent()).toEqual([]);
  expect(live.media.resting.value).toBe(true);
});

it("a client who waited in the lobby enters with the devices set there", async () => {
  const live = await atTheDoor();
  live.hear(welcomed("client"));
  live.hear(changed(false));
  expect(sent()).toEqual([]);
  live.hear(changed(true));
  expect(sent()).toHaveLength(2);
  expect(live.media.resting.value).toBe(false);
});

it("staff enter with the devices set at the door, which says so", async () => {
  const live = await atTheDoor();
  live.hear(welcomed("facilitator"));
  live.hear(changed(true));
  expect(sent()).toHaveLength(2);
});

it("a connection lost for a few seconds does not change one's devices", async () => {
  const live = await atTheDoor();
  live.hear(welcomed("client"));
  live.hear(changed(false));
  live.hear(changed(true));
  vi.setSystemTime("2026-03-04T23:00:20Z");
  live.hear(welcomed("client", "c2"));
  live.hear(changed(true));
  expect(exposed(live)).toBe(true);
});

it.each(["client", "facilitator"] as const)("a %s who opens the lid after a while is not shown at once", async (role) => {
  const live = await atTheDoor();
  live.hear(welcomed(role));
  live.hear(changed(false));
  live.hear(changed(true));
  vi.setSystemTime("2026-03-04T23:10:00Z");
  live.hear(welcomed(role, "c2"));
  live.hear(changed(true));
  expect(exposed(live)).toBe(false);
  expect(live.media.resting.value).toBe(true);
});

it("a person sent back to the lobby sees that, and shares no screen when let in again", async () => {
  const live = await atTheDoor();
  live.hear(welcomed("client"));
  live.hear(changed(false));
  expect(live.returned.value).toBe(false);
  live.hear(changed(true));
  live.media.screen.value = Object.assign(new EventTarget(), { stop: vi.fn() }) as unknown as MediaStreamTrack;
  live.hear(changed(false));
  expect(live.returned.value).toBe(true);
  live.hear(changed(true));
  expect(live.media.screen.value).toBeNull();
  expect(live.media.resting.value).toBe(false);
});
