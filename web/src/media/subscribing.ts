/** The media that this person receives: the engine offers, strictly in order, and names the peer connection. */

import { signal } from "@preact/signals";
import type { Accept, Feed, Offered, PicturesRefused, VoicesChanged } from "../wire/protocol.gen.ts";
import { type Makes, watch } from "./peer.ts";

/** The pictures that arrive from one connection of another person. */
export interface Incoming {
  readonly video?: MediaStreamTrack;
  readonly screen?: MediaStreamTrack;
  /** The pictures that this browser cannot show: it accepts none of their formats, so they are not sent. */
  readonly refused?: ReadonlySet<"video" | "screen">;
}

/** A sound that arrives in this media section; its speaker may change. */
export interface Sounding {
  readonly mid: string;
  readonly track: MediaStreamTrack;
}

export interface Says {
  accept(message: Accept): void;
  /** `keep`: only the path is lost; otherwise a new connection is needed. */
  resubscribe(keep: boolean): void;
}

const AGAIN_MS = 2_000;

export class Subscribing {
  readonly state = signal<RTCPeerConnectionState | "none">("none");
  /** By connection. */
  readonly incoming = signal<ReadonlyMap<string, Incoming>>(new Map());
  readonly sounds = signal<readonly Sounding[]>([]);
  /** What each media section of the peer connection carries now, by `mid`. */
  feeds: Readonly<Record<string, Feed>> = {};
  peer: RTCPeerConnection | null = null;

  private connectionId: string | null = null;
  private slots: readonly string[] = [];
  private refused: ReadonlySet<string> = new Set();
  private line: Promise<void> = Promise.resolve();
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly makes: Makes;
  private readonly says: Says;

  constructor(makes: Makes, says: Says) {
    this.makes = makes;
    this.says = says;
  }

  /** Answer an offer, after all the offers before it. Resolves when it is answered or has failed. */
  offered(offer: Offered): Promise<void> {
    const { generation } = this;
    this.line = this.line.then(() => (generation === this.generation ? this.take(offer) : undefined)).catch(() => this.again());
    return this.line;
  }

  /** The voices have changed. */
  voicesChanged({ connection_id, voices }: VoicesChanged): void {
    if (connection_id !== this.connectionId) return;
    const pictures = Object.entries(this.feeds).filter(([mid]) => !this.slots.includes(mid));
    const heard = Object.entries(voices).map(([mid, connection]) => [mid, { connection, kind: "audio" }] as const);
    this.feeds = Object.fromEntries([...pictures, ...heard]);
  }

  /** This browser accepted none of the formats of these pictures. */
  picturesRefused({ connection_id, mids }: PicturesRefused): void {
    if (connection_id !== this.connectionId || this.peer === null) return;
    this.refused = new Set(mids);
    this.incoming.value = picturesOf(this.peer, this.feeds, this.refused);
  }

  /** Stop receiving; offers still in the queue are dropped. */
  end(): void {
    this.generation += 1;
    clearTimeout(this.timer);
    this.drop();
  }

  private async take(offer: Offered): Promise<void> {
    const { generation } = this;
    if (this.peer === null || offer.connection_id !== this.connectionId) this.renew(offer.connection_id);
    const peer = this.peer;
    if (peer === null) return;
    await peer.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    await peer.setLocalDescription();
    if (generation !== this.generation) return;
    this.says.accept({ type: "accept", offer_id: offer.offer_id, answer: peer.localDescription?.sdp ?? "" });
    const voices = Object.entries(this.feeds).filter(([mid]) => offer.slots.includes(mid));
    this.feeds = { ...offer.feeds, ...Object.fromEntries(voices) };
    this.slots = offer.slots;
    this.incoming.value = picturesOf(peer, offer.feeds, this.refused);
    this.sounds.value = soundsOf(peer, offer);
  }

  private renew(connectionId: string): void {
    this.drop();
    const peer = this.makes();
    this.peer = peer;
    this.connectionId = connectionId;
    peer.addEventListener("connectionstatechange", () => (this.state.value = peer.connectionState));
    watch(peer, {
      astray: () => this.peer === peer && this.says.resubscribe(true),
      dead: () => this.peer === peer && this.again(),
    });
  }

  private again(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.says.resubscribe(false), AGAIN_MS);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.peer?.close();
    this.peer = null;
    this.connectionId = null;
    this.feeds = {};
    this.slots = [];
    this.refused = new Set();
    this.incoming.value = new Map();
    this.sounds.value = [];
    this.state.value = "none";
  }
}

function picturesOf(
  peer: RTCPeerConnection,
  feeds: Readonly<Record<string, Feed>>,
  refusedMids: ReadonlySet<string>,
): ReadonlyMap<string, Incoming> {
  const incoming = new Map<string, Incoming>();
  for (const { mid, receiver } of peer.getTransceivers()) {
    const feed = mid === null ? undefined : feeds[mid];
    if (mid === null || feed === undefined || feed.kind === "audio") continue;
    const known = incoming.get(feed.connection) ?? {};
    const coming = refusedMids.has(mid)
      ? { refused: new Set([...(known.refused ?? []), feed.kind]) }
      : { [feed.kind]: receiver.track };
    incoming.set(feed.connection, { ...known, ...coming });
  }
  return incoming;
}

function soundsOf(peer: RTCPeerConnection, { feeds, slots }: Offered): readonly Sounding[] {
  return peer.getTransceivers().flatMap(({ mid, receiver }) => {
    const sounds = mid !== null && (slots.includes(mid) || feeds[mid]?.kind === "audio");
    return sounds ? [{ mid, track: receiver.track }] : [];
  });
}
