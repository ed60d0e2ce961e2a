import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { open } from "./opening.ts";
import { ScriptedDevices } from "./scripted/devices.ts";

let devices: ScriptedDevices;
beforeEach(() => (devices = ScriptedDevices.install()));
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const BOTH = { audio: true, video: true };
const MICROPHONE = { audio: true, video: false };
const CAMERA = { audio: false, video: true };

it("microphone and camera are requested in one question", async () => {
  const opened = await open(["microphone", "camera"], null);
  expect(devices.asked).toEqual([BOTH]);
  expect([...opened.values()].map((source) => source.is)).toEqual(["on", "on"]);
});

it.each(["NotFoundError", "OverconstrainedError", "NotReadableError"])("a camera that fails with %s takes no microphone along", async (name) => {
  devices.refuse = ({ video }) => (video ? name : null);
  const opened = await open(["microphone", "camera"], null);
  expect(devices.asked).toEqual([BOTH, MICROPHONE, CAMERA]);
  expect(opened.get("microphone")?.is).toBe("on");
  expect(opened.get("camera")).toMatchObject({ is: "in_trouble" });
});

it("a person who refuses both is asked once", async () => {
  devices.refuse = () => "NotAllowedError";
  const opened = await open(["microphone", "camera"], null);
  expect(devices.asked).toEqual([BOTH]);
  expect([...opened.values()]).toEqual([
    { is: "in_trouble", trouble: "denied" }, { is: "in_trouble", trouble: "denied" },
  ]);
});

it("a permanently forbidden camera does not prevent the question for the microphone", async () => {
  devices.permissions.camera = "denied";
  devices.refuse = ({ video }) => (video ? "NotAllowedError" : null);
  const opened = await open(["microphone", "camera"], null);
  expect(devices.asked).toEqual([BOTH, MICROPHONE]);
  expect(opened.get("microphone")?.is).toBe("on");
  expect(opened.get("camera")).toEqual({ is: "in_trouble", trouble: "denied" });
});
