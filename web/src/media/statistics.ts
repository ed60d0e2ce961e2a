/**
 * The connection report: numbers of what arrives from whom. Support requests it in the browser's console with
 * `await vesperStatistics()`; it holds connection ids and counters, no name and no address.
 */

import type { Subscribing } from "./subscribing.ts";

/** Counters of one stream of one connection, since its peer connection began. */
export interface InboundStatistics {
  readonly connection: string;
  readonly kind: "audio" | "video" | "screen";
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  readonly totalAudioEnergy: number;
}

export interface ConnectionReport {
  readonly publishing: string;
  readonly subscribing: string;
  readonly inbound: readonly InboundStatistics[];
}

declare global {
  interface Window {
    vesperStatistics?: () => Promise<ConnectionReport>;
  }
}

/** What arrives now, by connection and kind. */
export async function inbound(subscribing: Subscribing): Promise<InboundStatistics[]> {
  const { peer, feeds } = subscribing;
  if (peer === null) return [];
  const rows: InboundStatistics[] = [];
  for (const entry of (await peer.getStats()).values()) {
    if (entry.type !== "inbound-rtp") continue;
    const received = entry as RTCInboundRtpStreamStats;
    const feed = feeds[received.mid ?? ""];
    if (feed !== undefined) rows.push({ ...feed, ...countersOf(received) });
  }
  return rows;
}

function countersOf(received: RTCInboundRtpStreamStats) {
  return {
    packetsReceived: received.packetsReceived ?? 0,
    packetsLost: received.packetsLost ?? 0,
    framesDecoded: received.framesDecoded ?? 0,
    totalAudioEnergy: received.totalAudioEnergy ?? 0,
  };
}
