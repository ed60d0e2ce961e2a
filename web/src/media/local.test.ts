import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalMedia } from "./local.ts";
import { ScriptedDevices } from "./scripted/devices.ts";

let devices: ScriptedDevices;
beforeEach(() => (devices = ScriptedDevices.install()));
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const MICROPHONE = { audio: true, video: false };

it("a microphone that the phone mutes for a call is shown as off until the call ends", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone", "camera");
  expect([media.audible.value, media.visible.value]).toEqual([true, true]);
  for (const track of devices.tracks) track.silence(true);
  expect([media.audible.value, media.visible.value]).toEqual([false, false]);
  for (const track of devices.tracks) track.silence(false);
  expect([media.audible.value, media.visible.value]).toEqual([true, true]);
});

it("pressing a microphone that the phone has muted opens it again", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone");
  devices.tracks[0]?.silence(true);
  media.setMicrophone(true);
  await vi.waitFor(() => expect(media.audible.value).toBe(true));
  expect(devices.asked).toEqual([MICROPHONE, MICROPHONE]);
});

it("the old device is released before the new one is requested, because a phone mutes the second of two", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone");
  const turning = media.turnOn("microphone");
  expect(devices.tracks[0]?.stopped).toBe(true);
  await turning;
  expect(media.audible.value).toBe(true);
});

it("a device that arrives after all were released is stopped", async () => {
  const media = new LocalMedia();
  const turning = media.turnOn("microphone", "camera");
  media.end();
  await turning;
  expect(devices.tracks.map((track) => track.stopped)).toEqual([true, true]);
  expect(media.audible.value).toBe(false);
});

it("switching the microphone while the camera starts does not switch the camera off", async () => {
  const media = new LocalMedia();
  const turning = media.turnOn("microphone", "camera");
  media.setMicrophone(false);
  await turning;
  expect(JSON.parse(sessionStorage.getItem("vesper.switches") ?? "")).toEqual({ microphone: false, camera: true });
});

it("a person who comes straight into the room is asked for no device and sends nothing until they turn it on", async () => {
  const media = new LocalMedia();
  media.begin(true);
  expect(devices.asked).toEqual([]);
  expect([media.audible.value, media.visible.value, media.resting.value]).toEqual([false, false, true]);
  media.wake();
  await vi.waitFor(() => expect([media.audible.value, media.visible.value, media.resting.value]).toEqual([true, true, false]));
});

it("waking turns on only what was on before", async () => {
  const before = new LocalMedia();
  before.begin(false);
  await vi.waitFor(() => expect(before.visible.value).toBe(true));
  before.setCamera(false);
  const after = new LocalMedia();
  after.begin(true);
  expect(after.before()).toEqual(["microphone"]);
  after.wake();
  await vi.waitFor(() => expect(after.audible.value).toBe(true));
  expect(after.visible.value).toBe(false);
});

it("resting releases every device, and ends as soon as one is turned on by hand", async () => {
  const media = new LocalMedia();
  await media.turnOn("microphone", "camera");
  media.rest();
  expect(devices.tracks.map((track) => track.stopped)).toEqual([true, true]);
  media.setMicrophone(true);
  await vi.waitFor(() => expect(media.audible.value).toBe(true));
  expect([media.visible.value, media.resting.value]).toEqual([false, false]);
});
