/** How both peer connections are made: one port for everything, and no wait for candidates. */

import type { IceServer } from "../wire/protocol.gen.ts";

/**
 * A new peer connection. The engine is ICE-lite and learns addresses from the packets that reach it, so descriptions
 * are sent as they are, without waiting for candidates.
 */
export function newPeer(servers: readonly IceServer[]): RTCPeerConnection {
  const iceServers = servers.map(({ urls, username, credential }) => ({ urls: [...urls], username, credential }));
  return new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers });
}

export type Makes = () => RTCPeerConnection;

export interface Troubles {
  /** Disconnected for a second: restart ICE, because another path may still work. */
  readonly astray: () => void;
  /** Failed, or disconnected for six seconds: a new peer connection is needed. */
  readonly dead: () => void;
}

const ASTRAY_MS = 1_000;
const GRACE_MS = 6_000;

/** Reports a peer connection that loses its path. */
export function watch(peer: RTCPeerConnection, { astray, dead }: Troubles): void {
  let timers: Array<ReturnType<typeof setTimeout>> = [];
  const still = (act: () => void) => () => peer.connectionState === "disconnected" && act();
  peer.addEventListener("connectionstatechange", () => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    if (peer.connectionState === "failed") dead();
    if (peer.connectionState === "disconnected") timers = [setTimeout(still(astray), ASTRAY_MS), setTimeout(still(dead), GRACE_MS)];
  });
}
