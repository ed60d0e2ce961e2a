/** The person's own input on this page: told to the service at most once a minute, and never by a timer alone. */

const MINUTE_MS = 60_000;
export const LOCKS_AFTER_MS = 15 * MINUTE_MS;
const WARNS_BEFORE_MS = MINUTE_MS;
const LOOK_MS = 1_000;
const INPUT = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

interface Watch {
  /** The page was used this many seconds ago. */
  readonly onActive: (secondsAgo: number) => void;
  /** Whether it locks within a minute. */
  readonly onSoon: (soon: boolean) => void;
  /** Nobody used this page for a quarter of an hour: ask the service, which knows of the other tabs. */
  readonly onIdle: () => void;
  readonly now?: () => number;
}

/** Watches until the returned function is called. The page counts as used when the watch begins. */
export function watchActivity({ onActive, onSoon, onIdle, now = () => performance.now() }: Watch): () => void {
  let used = now();
  let told = now();
  let idle = false;
  const watching = new AbortController();
  const use = () => {
    used = now();
    idle = false;
  };
  for (const kind of INPUT) addEventListener(kind, use, { signal: watching.signal, passive: true, capture: true });
  const look = () => {
    const [at, since] = [now(), now() - used];
    if (used > told && at - told >= MINUTE_MS) {
      told = at;
      onActive(Math.min(Math.round(since / 1_000), 900));
    }
    onSoon(since >= LOCKS_AFTER_MS - WARNS_BEFORE_MS && since < LOCKS_AFTER_MS);
    if (since >= LOCKS_AFTER_MS && !idle) {
      idle = true;
      onIdle();
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    watching.abort();
  };
}
