import { useState } from "preact/hooks";
import { RequestRefused, sentenceOf } from "../../wire/request.ts";

export interface Trouble {
  readonly sentence: string;
  /** The wrong place in the request; null if it names none. */
  readonly path: string | null;
}

export interface Attempts {
  readonly busy: boolean;
  readonly trouble: Trouble | null;
  readonly attempt: (doing: () => Promise<unknown>, then: () => void) => void;
}

/** Requests of one form, one at a time, and why the last was refused. */
export function useAttempts(): Attempts {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async (doing: () => Promise<unknown>, then: () => void) => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      await doing();
      then();
    } catch (error) {
      setTrouble({ sentence: sentenceOf(error), path: error instanceof RequestRefused ? error.path : null });
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, attempt: (doing, then) => void run(doing, then) };
}
