/** A stand-in for a browser's devices, with tracks that behave as the operating system makes them. */

import { vi } from "vitest";

export class Track extends EventTarget {
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

export interface Asked {
  readonly audio: boolean;
  readonly video: boolean;
}

export class ScriptedDevices {
  readonly asked: Asked[] = [];
  readonly tracks: Track[] = [];
  /** The name of the error for a question; null opens what it asks for. */
  refuse: (asked: Asked) => string | null = () => null;
  readonly permissions: Record<string, string> = { microphone: "prompt", camera: "prompt" };

  /** Devices in place of the browser's own, until `vi.unstubAllGlobals()`. */
  static install(): ScriptedDevices {
    const devices = new ScriptedDevices();
    const getUserMedia = (constraints: MediaStreamConstraints) => devices.open(constraints);
    const mediaDevices = Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] });
    const query = async ({ name }: { name: string }) => ({ state: devices.permissions[name] });
    vi.stubGlobal("navigator", { mediaDevices, permissions: { query } });
    return devices;
  }

  private async open({ audio, video }: MediaStreamConstraints) {
    const question = { audio: audio !== false, video: video !== false };
    this.asked.push(question);
    const name = this.refuse(question);
    // For devices, browsers also throw errors that are no DOMException.
    if (name !== null) throw Object.assign(new Error(), { name });
    const given = [...(question.audio ? [new Track("audio")] : []), ...(question.video ? [new Track("video")] : [])];
    this.tracks.push(...given);
    const of = (kind: string) => given.filter((track) => track.kind === kind);
    return { getAudioTracks: () => of("audio"), getVideoTracks: () => of("video") };
  }
}
