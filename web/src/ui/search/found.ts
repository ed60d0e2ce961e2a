import { useEffect, useRef, useState } from "preact/hooks";
import type { Option } from "./matching.ts";

/** Returns the fitting options; a promise if they are fetched. */
export type Find = (typed: string, until: AbortSignal) => readonly Option[] | Promise<readonly Option[]>;

export type Found =
  | { readonly is: "searching" }
  | { readonly is: "there"; readonly options: readonly Option[] }
  | { readonly is: "failed" };

/** A fetched search waits for a pause of this length, because people type faster than a network answers. */
const PAUSE_MS = 180;

/** The options found for the text, while `open`; late answers are dropped. */
export function useFound(find: Find, typed: string, open: boolean): Found {
  const [found, setFound] = useState<Found>({ is: "there", options: [] });
  const slow = useRef(false);
  useEffect(() => {
    if (!open) return undefined;
    const until = new AbortController();
    const search = () => {
      const answer = find(typed, until.signal);
      slow.current = answer instanceof Promise;
      if (!(answer instanceof Promise)) return setFound({ is: "there", options: answer });
      setFound({ is: "searching" });
      return void answer.then(
        (options) => until.signal.aborted || setFound({ is: "there", options }),
        () => until.signal.aborted || setFound({ is: "failed" }),
      );
    };
    if (!slow.current) {
      search();
      return () => until.abort();
    }
    setFound({ is: "searching" });
    const pause = setTimeout(search, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      until.abort();
    };
  }, [typed, open]);
  return found;
}
