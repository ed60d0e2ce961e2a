/** Data that a page shows: loaded once, fetched again when the page is shown again, with a known age. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import * as clock from "../now.ts";
import { isLocked, isSignedOut, mayPass, sentenceOf, UNLOCKED } from "./request.ts";

export interface Failure {
  readonly error: unknown;
  readonly sentence: string;
}

export interface There<T> {
  readonly is: "there";
  readonly value: T;
  /** When it was fetched: milliseconds since the epoch, by the service's clock. */
  readonly at: number;
  /** Why it could not be fetched again since; null if nothing failed. */
  readonly stale: Failure | null;
}

export type Loaded<T> = { readonly is: "loading" } | There<T> | (Failure & { readonly is: "failed" });

interface Options {
  /** Fetch again when the page is shown again. */
  readonly whenSeen?: boolean;
  /** The person may be typing in it: it stays even if they are signed out meanwhile. */
  readonly editable?: boolean;
}

/** Shorter switches between windows do not fetch again. */
const FRESH_MS = 5_000;

/**
 * Loads once per `key`; `again` loads again and keeps the shown data until the new data arrive. The data are also kept
 * when the network fails; a refusal, as after a sign-out, replaces them.
 */
export function useLoaded<T>(key: string, load: () => Promise<T>, options: Options = {}): readonly [Loaded<T>, () => void] {
  const { whenSeen = false, editable = false } = options;
  const stays = (error: unknown) => mayPass(error) || (editable && isSignedOut(error));
  const [loaded, setLoaded] = useState<Loaded<T>>({ is: "loading" });
  const [round, setRound] = useState(0);
  const tried = useRef(0);
  const shown = useRef(key);
  useEffect(() => {
    let current = true;
    // The data so far belong to another key.
    if (shown.current !== key) setLoaded({ is: "loading" });
    shown.current = key;
    tried.current = performance.now();
    load().then(
      (value) => current && setLoaded({ is: "there", value, at: clock.at(), stale: null }),
      (error: unknown) => current && setLoaded((before) => after(before, { error, sentence: sentenceOf(error) }, stays(error))),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    const failure = loaded.is === "there" ? loaded.stale : loaded.is === "failed" ? loaded : null;
    if (failure === null || !isLocked(failure.error)) return undefined;
    addEventListener(UNLOCKED, again);
    return () => removeEventListener(UNLOCKED, again);
  }, [loaded, again]);
  useEffect(() => {
    if (!whenSeen) return undefined;
    const look = () => document.visibilityState === "visible" && performance.now() - tried.current > FRESH_MS && again();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [whenSeen, again]);
  return [loaded, again];
}

function after<T>(before: Loaded<T>, failure: Failure, stays: boolean): Loaded<T> {
  if (before.is === "there" && stays) return { ...before, stale: failure };
  return { is: "failed", ...failure };
}
