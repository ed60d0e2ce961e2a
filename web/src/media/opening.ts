/** Requests a microphone and a camera from the browser: both in one question if both are wanted. */

import type { DeviceChoice } from "../storage.ts";
import { type Kind, type Trouble, nameOf, troubleOf } from "./trouble.ts";

export type Opened =
  | { readonly is: "on"; readonly track: MediaStreamTrack }
  | { readonly is: "in_trouble"; readonly trouble: Trouble };

/** Only wishes, because no camera may fulfil a hard limit. */
const WISHES: Readonly<Record<Kind, MediaTrackConstraints>> = {
  camera: { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24 }, facingMode: "user" },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

/**
 * These devices, requested in one question. If that fails, each is requested alone, in turn, because one may work
 * without the other; but a person who has just refused both is not asked again.
 */
export async function open(kinds: readonly Kind[], choice: DeviceChoice | null): Promise<ReadonlyMap<Kind, Opened>> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wishes(kinds, choice));
    return new Map(kinds.map((kind) => [kind, trackOf(stream, kind)]));
  } catch (error) {
    const alone = kinds.length > 1 ? await worthAskingAlone(kinds, error) : [];
    const trouble: Opened = { is: "in_trouble", trouble: troubleOf(error) };
    const opened = new Map<Kind, Opened>(kinds.map((kind) => [kind, trouble]));
    for (const kind of alone) for (const [, found] of await open([kind], choice)) opened.set(kind, found);
    return opened;
  }
}

function wishes(kinds: readonly Kind[], choice: DeviceChoice | null): MediaStreamConstraints {
  const wish = (kind: Kind) => {
    const id = choice?.[kind] ?? null;
    return kinds.includes(kind) && { ...WISHES[kind], ...(id === null ? {} : { deviceId: { ideal: id } }) };
  };
  return { audio: wish("microphone"), video: wish("camera") };
}

function trackOf(stream: MediaStream, kind: Kind): Opened {
  const [track] = kind === "camera" ? stream.getVideoTracks() : stream.getAudioTracks();
  return track === undefined ? { is: "in_trouble", trouble: "missing" } : { is: "on", track };
}

/** After a refusal, only the device that the browser still allows: the other one caused the refusal. */
async function worthAskingAlone(kinds: readonly Kind[], error: unknown): Promise<readonly Kind[]> {
  if (nameOf(error) !== "NotAllowedError") return kinds;
  const states = await Promise.all(kinds.map(permissionFor));
  return states.includes("denied") ? kinds.filter((_, index) => states[index] !== "denied") : [];
}

async function permissionFor(kind: Kind): Promise<PermissionState | "unknown"> {
  try {
    return (await navigator.permissions.query({ name: kind as PermissionName })).state;
  } catch {
    return "unknown";
  }
}
