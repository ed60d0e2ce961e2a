/** How both peer connections are made: one port for everything, and no wait for candidates. */

import type { IceServer } from "../protocol.gen.ts";

/**
 * A new peer connection. The engine is ICE-lite and learns addresses from the packets that reach it, so descriptions
 * are sent as they are, without waiting for candidates.
 */
export function newPeer(servers: readonly IceServer[]): RTCPeerConnection {
  const iceServers = servers.map(({ urls, username, credential }) => ({ urls: [...urls], username, credential }));
  return new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers });
}

export type Makes = () => RTCPeerConnection;

const GRACE_MS = 6_000;

/** Calls `dead` once, when a peer connection has failed or stays disconnected for six seconds. */
export function watch(peer: RTCPeerConnection, dead: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  peer.addEventListener("connectionstatechange", () => {
    clearTimeout(timer);
    if (peer.connectionState === "failed") dead();
    if (peer.connectionState === "disconnected") timer = setTimeout(() => peer.connectionState === "disconnected" && dead(), GRACE_MS);
  });
}
