/** Notices that media has stopped in both directions for a second: the socket is then dead too. */

import { type ReadonlySignal, effect } from "@preact/signals";

/** One interval without packets is no lost network: ICE recovers, and a live socket is not dropped. */
const GRACE_MS = 1_000;

type State = ReadonlySignal<RTCPeerConnectionState | "none">;

/**
 * Calls `dead` when nothing was sent or received for a second. Both directions must have worked before, so this cannot
 * repeat without a recovery. Returns a function that ends the watch.
 */
export function watchNetwork(publishing: State, subscribing: State, dead: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const calm = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const stop = effect(() => {
    const nothingArrives = subscribing.value === "disconnected" || subscribing.value === "none";
    if (publishing.value === "disconnected" && nothingArrives) timer ??= setTimeout(dead, GRACE_MS);
    else calm();
  });
  return () => {
    stop();
    calm();
  };
}
