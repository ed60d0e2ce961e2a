/** This person's own microphone and camera: which devices, whether they are on, and what is wrong with them. */

import { type ReadonlySignal, type Signal, computed, signal } from "@preact/signals";
import { deviceChoice, switches } from "../storage.ts";
import { type Opened, open } from "./opening.ts";
import type { Kind } from "./trouble.ts";

export type Source =
  | { readonly is: "off" }
  | { readonly is: "asking" }
  | Opened;

export interface Found {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

const KINDS: readonly Kind[] = ["microphone", "camera"];
const OFF: Source = { is: "off" };

export class LocalMedia {
  readonly microphone: Signal<Source> = signal(OFF);
  readonly camera: Signal<Source> = signal(OFF);
  /** What this person shares of their screen. */
  readonly screen: Signal<MediaStreamTrack | null> = signal(null);
  readonly found = signal<Found>({ microphones: [], cameras: [], speakers: [] });
  readonly speaker = signal(deviceChoice.read()?.speaker ?? null);
  /** A microphone that is muted keeps its track, so that speaking again is immediate. */
  readonly muted = signal(switches.read()?.microphone === false);
  /** The device itself sends nothing for now, as on a phone during a call. */
  readonly paused: Readonly<Record<Kind, Signal<boolean>>> = { microphone: signal(false), camera: signal(false) };
  readonly audible: ReadonlySignal<boolean> = computed(() => this.gives("microphone") && !this.muted.value);
  readonly visible: ReadonlySignal<boolean> = computed(() => this.gives("camera"));

  /** The person came straight into the room: devices that were on stay off until the person turns them on. */
  readonly resting = signal(false);

  private readonly listening = new AbortController();
  /** Counts the requests of each kind, so that the answer to an old one is dropped. */
  private readonly requests: Record<Kind, number> = { microphone: 0, camera: 0 };

  /** Turn on the devices that the person last had on; both for a new person. After `straightIn`, the person does so. */
  begin(straightIn: boolean): void {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener("devicechange", () => void this.lookAround(), { signal: this.listening.signal });
    if (straightIn) this.rest();
    else this.turnOnAsBefore();
  }

  /** Send nothing and release every device until `wake`; remember which devices were on. */
  rest(): void {
    this.resting.value = true;
    this.muted.value = true;
    this.release("microphone");
    this.release("camera");
    this.stopSharing();
  }

  /** The person turns on again the devices that were on. */
  wake(): void {
    this.resting.value = false;
    this.muted.value = switches.read()?.microphone === false;
    this.turnOnAsBefore();
  }

  /** The devices that `wake` turns on. */
  before(): readonly Kind[] {
    const on = switches.read();
    return KINDS.filter((kind) => on?.[kind] !== false);
  }

  /** End resting in the lobby, which shows that devices are off. */
  inTheLobby(): void {
    this.resting.value = false;
    this.stopSharing();
  }

  /** Release every device. */
  end(): void {
    this.listening.abort();
    this.release("microphone");
    this.release("camera");
    this.stopSharing();
  }

  /** Ask which window or screen to share, and share it. A person who cancels shares nothing. */
  async shareScreen(): Promise<void> {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 10 } } }).catch(() => null);
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
    this.resting.value = false;
    this.muted.value = !on;
    const source = this.microphone.value;
    if (source.is === "on") source.track.enabled = on;
    if (on && !this.gives("microphone")) void this.turnOn("microphone");
    this.remember();
  }

  /** Off releases the camera, so that its light goes out; on requests it again. */
  setCamera(on: boolean): void {
    this.resting.value = false;
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

  /** Request these devices in one question. Open ones are released first, because some phones allow one at a time. */
  async turnOn(...kinds: Kind[]): Promise<void> {
    if (kinds.length === 0) return;
    const requests = kinds.map((kind) => this.ask(kind));
    const opened = await open(kinds, deviceChoice.read());
    for (const [index, kind] of kinds.entries()) {
      const answer = opened.get(kind);
      if (requests[index] === this.requests[kind]) this.settle(kind, answer ?? OFF);
      else if (answer?.is === "on") answer.track.stop();
    }
    await this.lookAround();
  }

  /** A muted microphone opens too, so that speaking is immediate. Devices that are on are not requested again. */
  private turnOnAsBefore(): void {
    const wanted = KINDS.filter((kind) => kind === "microphone" || this.before().includes(kind));
    void this.turnOn(...wanted.filter((kind) => this[kind].value.is === "off"));
  }

  private ask(kind: Kind): number {
    this.release(kind);
    this[kind].value = { is: "asking" };
    return this.requests[kind];
  }

  private settle(kind: Kind, source: Source): void {
    if (source.is === "on") {
      const { track } = source;
      if (kind === "microphone") track.enabled = !this.muted.value;
      track.addEventListener("ended", () => this.lost(kind, track));
      const look = () => this.holds(kind, track) && (this.paused[kind].value = track.muted);
      track.addEventListener("mute", look);
      track.addEventListener("unmute", look);
      this.paused[kind].value = track.muted;
    }
    this[kind].value = source;
  }

  /** A device was unplugged, or its permission withdrawn. */
  private lost(kind: Kind, track: MediaStreamTrack): void {
    if (this.holds(kind, track)) this[kind].value = { is: "in_trouble", trouble: "missing" };
  }

  private holds(kind: Kind, track: MediaStreamTrack): boolean {
    const source = this[kind].value;
    return source.is === "on" && source.track === track;
  }

  /** True while this device sends something. */
  private gives(kind: Kind): boolean {
    return this[kind].value.is === "on" && !this.paused[kind].value;
  }

  private release(kind: Kind): void {
    this.requests[kind] += 1;
    const source = this[kind].value;
    this[kind].value = OFF;
    this.paused[kind].value = false;
    if (source.is === "on") source.track.stop();
  }

  private async lookAround(): Promise<void> {
    const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
    const of = (kind: MediaDeviceKind) => (devices ?? []).filter((each) => each.kind === kind && each.deviceId !== "");
    this.found.value = { microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") };
  }

  private remember(camera = this.camera.value.is !== "off"): void {
    switches.keep({ microphone: !this.muted.value, camera });
  }

  private keepChoice(change: Record<string, string>): void {
    const none = { microphone: null, camera: null, speaker: null };
    deviceChoice.keep({ ...none, ...deviceChoice.read(), ...change });
  }
}
