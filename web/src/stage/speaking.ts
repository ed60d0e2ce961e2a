import { useEffect, useState } from "preact/hooks";
import type { Subscribing } from "../media/subscribing.ts";

const EVERY_MS = 300;
/** Linear audio level, as the browser measures received audio. */
const VOICE = 0.02;
/** A ring that went out between two words would flicker. */
const LINGERS_MS = 900;

/** The connections that are heard now. */
export function useSpeaking(subscribing: Subscribing): ReadonlySet<string> {
  const [speaking, setSpeaking] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const lastHeard = new Map<string, number>();
    const timer = setInterval(() => {
      const now = performance.now();
      for (const connection of loud(subscribing)) lastHeard.set(connection, now);
      const heard = [...lastHeard].filter(([, at]) => now - at < LINGERS_MS).map(([connection]) => connection);
      setSpeaking((before) => (sameMembers(before, heard) ? before : new Set(heard)));
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [subscribing]);
  return speaking;
}

function loud({ peer, feeds }: Subscribing): string[] {
  const connections: string[] = [];
  for (const { mid, receiver } of peer?.getTransceivers() ?? []) {
    const feed = mid === null ? undefined : feeds[mid];
    const level = feed?.kind === "audio" ? (receiver.getSynchronizationSources()[0]?.audioLevel ?? 0) : 0;
    if (feed !== undefined && level > VOICE) connections.push(feed.connection);
  }
  return connections;
}

function sameMembers(before: ReadonlySet<string>, after: readonly string[]): boolean {
  return before.size === after.length && after.every((member) => before.has(member));
}
