/** What this person receives: the engine offers, strictly in order, and names the peer connection it means. */

import { signal } from "@preact/signals";
import type { Accept, Feed, Offered } from "../protocol.gen.ts";
import { type Makes, watch } from "./peer.ts";

/** What arrives from one connection of somebody else. */
export interface Incoming {
  readonly audio?: MediaStreamTrack;
  readonly video?: MediaStreamTrack;
}

export interface Says {
  accept(message: Accept): void;
  resubscribe(): void;
}

const AGAIN_MS = 2_000;

export class Subscribing {
  readonly state = signal<RTCPeerConnectionState | "none">("none");
  /** By connection. */
  readonly incoming = signal<ReadonlyMap<string, Incoming>>(new Map());
  /** What the media sections of the peer connection carry, by `mid`. */
  feeds: Readonly<Record<string, Feed>> = {};
  peer: RTCPeerConnection | null = null;

  private connectionId: string | null = null;
  private line: Promise<void> = Promise.resolve();
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly makes: Makes;
  private readonly says: Says;

  constructor(makes: Makes, says: Says) {
    this.makes = makes;
    this.says = says;
  }

  /** Answer an offer, after all the offers before it. Resolves when it is answered, or was in vain. */
  offered(offer: Offered): Promise<void> {
    const { generation } = this;
    this.line = this.line.then(() => (generation === this.generation ? this.take(offer) : undefined)).catch(() => this.again());
    return this.line;
  }

  /** Receive nothing any more; offers still in the line are dropped. */
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
    this.feeds = offer.feeds;
    this.incoming.value = incomingOf(peer, offer.feeds);
  }

  private renew(connectionId: string): void {
    this.drop();
    const peer = this.makes();
    this.peer = peer;
    this.connectionId = connectionId;
    peer.addEventListener("connectionstatechange", () => (this.state.value = peer.connectionState));
    watch(peer, () => this.peer === peer && this.again());
  }

  private again(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.says.resubscribe(), AGAIN_MS);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.peer?.close();
    this.peer = null;
    this.connectionId = null;
    this.feeds = {};
    this.incoming.value = new Map();
    this.state.value = "none";
  }
}

function incomingOf(peer: RTCPeerConnection, feeds: Readonly<Record<string, Feed>>): ReadonlyMap<string, Incoming> {
  const incoming = new Map<string, Incoming>();
  for (const { mid, receiver } of peer.getTransceivers()) {
    const feed = mid === null ? undefined : feeds[mid];
    if (feed !== undefined) incoming.set(feed.connection, { ...incoming.get(feed.connection), [feed.kind]: receiver.track });
  }
  return incoming;
}
