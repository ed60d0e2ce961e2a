import { useCallback, useEffect, useState } from "preact/hooks";
import { sentenceOf } from "./request.ts";

export type Loaded<T> =
  | { readonly is: "loading" }
  | { readonly is: "there"; readonly value: T }
  | { readonly is: "failed"; readonly error: unknown; readonly sentence: string };

/** Loads once per `key`; `again` loads once more, keeping what is shown until the new is there. */
export function useLoaded<T>(key: string, load: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ is: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setLoaded({ is: "there", value }),
      (error: unknown) => current && setLoaded({ is: "failed", error, sentence: sentenceOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return [loaded, again];
}
