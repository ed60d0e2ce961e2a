import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalMedia } from "./local.ts";
import { open } from "./opening.ts";

/** A track as the operating system treats it. */
class Track extends EventTarget {
  muted = false;
  enabled = true;
  stopped = false;
  readonly kind: "audio" | "video";

  constructor(kind: "audio" | "video") {
    super();
    this.kind = kind;
  }

  getSettings() {
    return {};
  }

  stop() {
    this.stopped = true;
  }

  /** A phone call begins or ends. */
  silence(muted: boolean) {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? "mute" : "unmute"));
  }
}

type Asked = { readonly audio: boolean; readonly video: boolean };

let asked: Asked[] = [];
let tracks: Track[] = [];
let refuse: (asked: Asked) => string | null = () => null;
let permissions: Record<string, string> = {};

async function getUserMedia({ audio, video }: MediaStreamConstraints) {
  const question = { audio: audio !== false, video: video !== false };
  asked.push(question);
  const name = refuse(question);
  if (name !== null) throw { name };
  const given = [...(question.audio ? [new Track("audio")] : []), ...(question.video ? [new Track("video")] : [])];
  tracks.push(...given);
  const of = (kind: string) => given.filter((track) => track.kind === kind);
  return { getAudioTracks: () => of("audio"), getVideoTracks: () => of("video") };
}

beforeEach(() => {
  asked = [];
  tracks = [];
  refuse = () => null;
  permissions = { microphone: "prompt", camera: "prompt" };
  const mediaDevices = Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] });
  const query = async ({ name }: { name: string }) => ({ state: permissions[name] });
  vi.stubGlobal("navigator", { mediaDevices, permissions: { query } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const BOTH = { audio: true, video: true };
const MICROPHONE = { audio: true, video: false };
const CAMERA = { audio: false, video: true };

it("microphone and camera are asked for in one question", async () => {
  const opened = await open(["microphone", "camera"], null);
  expect(asked).toEqual([BOTH]);
  expect([...opened.values()].map((source) => source.is)).toEqual(["on", "on"]);
});

it.each(["NotFoundError", "OverconstrainedError", "NotReadableError"])("a camera that fails with %s takes no microphone along", async (name) => {
  refuse = ({ video }) => (video ? name : null);
  const opened = await open(["microphone", "camera"], null);
  expect(asked).toEqual([BOTH, MICROPHONE, CAMERA]);
  expect(opened.get("microphone")?.is).toBe("on");
  expect(opened.get("camera")).toMatchObject({ is: "in_trouble" });
});

it("who says no to both is asked once", async () => {
  refuse = () => "NotAllowedError";
  const opened = await open(["microphone", "camera"], null);
  expect(asked).toEqual([BOTH]);
  expect([...opened.values()]).toEqual([
    { is: "in_trouble", trouble: "denied" }, { is: "in_trouble", trouble: "denied" },
  ]);
});

it("a camera that is forbidden for good leaves the microphone to be asked for", async () => {
  permissions.camera = "denied";
  refuse = ({ video }) => (video ? "NotAllowedError" : null);
  const opened = await open(["microphone", "camera"], null);
  expect(asked).toEqual([BOTH, MICROPHONE]);
  expect(opened.get("microphone")?.is).toBe("on");
  expect(opened.get("camera")).toEqual({ is: "in_trouble", trouble: "denied" });
});

it("a microphone that the phone mutes for a call is off for the others until the call ends", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone", "camera");
  expect([media.audible.value, media.visible.value]).toEqual([true, true]);
  for (const track of tracks) track.silence(true);
  expect([media.audible.value, media.visible.value]).toEqual([false, false]);
  for (const track of tracks) track.silence(false);
  expect([media.audible.value, media.visible.value]).toEqual([true, true]);
});

it("pressing the microphone that the phone has muted opens it again", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone");
  tracks[0]?.silence(true);
  media.setMicrophone(true);
  await vi.waitFor(() => expect(media.audible.value).toBe(true));
  expect(asked).toEqual([MICROPHONE, MICROPHONE]);
});

it("the old device is given back before the new one is asked for: a phone mutes the second of two", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone");
  const turning = media.turnOn("microphone");
  expect(tracks[0]?.stopped).toBe(true);
  await turning;
  expect(media.audible.value).toBe(true);
});

it("what arrives after everything was given back is stopped", async () => {
  const media = new LocalMedia();
  const turning = media.turnOn("microphone", "camera");
  media.end();
  await turning;
  expect(tracks.map((track) => track.stopped)).toEqual([true, true]);
  expect(media.audible.value).toBe(false);
});

it("switching the microphone while the camera still starts does not count as switching the camera off", async () => {
  const media = new LocalMedia();
  const turning = media.turnOn("microphone", "camera");
  media.setMicrophone(false);
  await turning;
  expect(JSON.parse(sessionStorage.getItem("vesper.switches") ?? "")).toEqual({ microphone: false, camera: true });
});
