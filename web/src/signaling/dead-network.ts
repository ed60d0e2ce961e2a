/** Notices that both ways of media have stopped for a second: then the socket is as dead as they are. */

import { type ReadonlySignal, effect } from "@preact/signals";

/** One moment without packets is no lost network: ICE finds its way again, and a socket that lives is not dropped. */
const GRACE_MS = 1_000;

type State = ReadonlySignal<RTCPeerConnectionState | "none">;

/**
 * Calls `dead` when nothing has gone out or come in for a second. Both ways must have lived before, so this cannot
 * repeat without a recovery. Returns what stops the watching.
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
