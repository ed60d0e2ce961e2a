/** This person's own microphone and camera: which, whether on, and what stands in the way. */

import { type ReadonlySignal, type Signal, computed, signal } from "@preact/signals";
import { deviceChoice, switches } from "../storage.ts";
import { type Kind, type Trouble, troubleOf } from "./trouble.ts";

export type Source =
  | { readonly is: "off" }
  | { readonly is: "asking" }
  | { readonly is: "on"; readonly track: MediaStreamTrack }
  | { readonly is: "in_trouble"; readonly trouble: Trouble };

export interface Found {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

const OFF: Source = { is: "off" };
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user",
};
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class LocalMedia {
  readonly microphone: Signal<Source> = signal(OFF);
  readonly camera: Signal<Source> = signal(OFF);
  /** What this person shares of their screen. */
  readonly screen: Signal<MediaStreamTrack | null> = signal(null);
  readonly found = signal<Found>({ microphones: [], cameras: [], speakers: [] });
  readonly speaker = signal(deviceChoice.read()?.speaker ?? null);
  /** A microphone that is muted keeps its track, so that speaking again is immediate. */
  readonly muted = signal(switches.read()?.microphone === false);
  readonly audible: ReadonlySignal<boolean> = computed(() => this.microphone.value.is === "on" && !this.muted.value);
  readonly visible: ReadonlySignal<boolean> = computed(() => this.camera.value.is === "on");

  private readonly listening = new AbortController();
  /** Counts the askings of each kind, so that the answer to an old one is dropped. */
  private readonly askings: Record<Kind, number> = { microphone: 0, camera: 0 };

  /** Turn on what the person last had on: both, for somebody new. */
  begin(): void {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener("devicechange", () => void this.lookAround(), { signal: this.listening.signal });
    void this.turnOn("microphone");
    if (switches.read()?.camera !== false) void this.turnOn("camera");
  }

  /** Give every device back. */
  end(): void {
    this.listening.abort();
    this.release("microphone");
    this.release("camera");
    this.stopSharing();
  }

  /** Ask which window or screen to share, and share it; a person who thinks better of it shares nothing. */
  async shareScreen(): Promise<void> {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 10 } } }).catch(() => null);
    const track = stream?.getVideoTracks()[0];
    if (track === undefined) return;
    if (this.listening.signal.aborted) return track.stop();
    this.stopSharing();
    track.contentHint = "detail";
    track.addEventListener("ended", () => this.screen.value === track && this.stopSharing());
    this.screen.value = track;
  }

  stopSharing(): void {
    this.screen.value?.stop();
    this.screen.value = null;
  }

  setMicrophone(on: boolean): void {
    this.muted.value = !on;
    const source = this.microphone.value;
    if (source.is === "on") source.track.enabled = on;
    else if (on) void this.turnOn("microphone");
    this.remember();
  }

  /** Off gives the camera back, so that its light goes out; on asks for it again. */
  setCamera(on: boolean): void {
    if (on) void this.turnOn("camera");
    else this.release("camera");
    this.remember(on);
  }

  choose(kind: Kind, id: string): void {
    this.keepChoice({ [kind]: id });
    if (kind === "microphone" || this.camera.value.is !== "off") void this.turnOn(kind);
  }

  chooseSpeaker(id: string): void {
    this.speaker.value = id;
    this.keepChoice({ speaker: id });
  }

  /** The id of the device in use, or picked. */
  chosen(kind: Kind): string | null {
    const source = this[kind].value;
    const inUse = source.is === "on" ? source.track.getSettings().deviceId : undefined;
    return inUse ?? deviceChoice.read()?.[kind] ?? null;
  }

  async turnOn(kind: Kind): Promise<void> {
    const asking = (this.askings[kind] += 1);
    const slot = this[kind];
    if (slot.value.is !== "on") slot.value = { is: "asking" };
    const opened = await this.open(kind);
    if (asking !== this.askings[kind]) {
      if (opened.is === "on") opened.track.stop();
      return;
    }
    this.settle(kind, opened);
    await this.lookAround();
  }

  private async open(kind: Kind): Promise<Source> {
    const id = deviceChoice.read()?.[kind] ?? null;
    const wanted = { ...(kind === "camera" ? CAMERA : MICROPHONE), ...(id === null ? {} : { deviceId: { ideal: id } }) };
    try {
      const stream = await navigator.mediaDevices.getUserMedia(kind === "camera" ? { video: wanted } : { audio: wanted });
      const [track] = stream.getTracks();
      return track === undefined ? { is: "in_trouble", trouble: "missing" } : { is: "on", track };
    } catch (error) {
      return { is: "in_trouble", trouble: troubleOf(error) };
    }
  }

  private settle(kind: Kind, source: Source): void {
    const before = this[kind].value;
    if (source.is === "on") {
      if (kind === "microphone") source.track.enabled = !this.muted.value;
      source.track.addEventListener("ended", () => this.lost(kind, source.track));
    }
    this[kind].value = source;
    if (before.is === "on") before.track.stop();
  }

  /** A device was unplugged, or its permission withdrawn. */
  private lost(kind: Kind, track: MediaStreamTrack): void {
    const now = this[kind].value;
    if (now.is === "on" && now.track === track) this[kind].value = { is: "in_trouble", trouble: "missing" };
  }

  private release(kind: Kind): void {
    this.askings[kind] += 1;
    const source = this[kind].value;
    this[kind].value = OFF;
    if (source.is === "on") source.track.stop();
  }

  private async lookAround(): Promise<void> {
    const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
    const of = (kind: MediaDeviceKind) => (devices ?? []).filter((each) => each.kind === kind && each.deviceId !== "");
    this.found.value = { microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") };
  }

  private remember(camera = this.visible.value): void {
    switches.keep({ microphone: !this.muted.value, camera });
  }

  private keepChoice(change: Record<string, string>): void {
    const none = { microphone: null, camera: null, speaker: null };
    deviceChoice.keep({ ...none, ...deviceChoice.read(), ...change });
  }
}
