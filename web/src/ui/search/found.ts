import { useEffect, useRef, useState } from "preact/hooks";
import type { Option } from "./matching.ts";

/** Gives the options that fit; a promise where they are fetched. */
export type Find = (typed: string, until: AbortSignal) => readonly Option[] | Promise<readonly Option[]>;

export type Found =
  | { readonly is: "searching" }
  | { readonly is: "there"; readonly options: readonly Option[] }
  | { readonly is: "failed" };

/** People type faster than a network answers: a search that is fetched waits for a pause of this length. */
const PAUSE_MS = 180;

/** What was found for the text, while `open`; an answer that is late is dropped. */
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
