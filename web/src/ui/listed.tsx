import type { ComponentChildren } from "preact";
import type { Loaded } from "../wire/loaded.ts";
import { Wait } from "./banner.tsx";
import { Failed } from "./feedback/states.tsx";

interface ListedProps<T> {
  readonly loaded: Loaded<ReadonlyArray<T>>;
  readonly again: () => void;
  readonly waiting: string;
  readonly empty: string;
  readonly children: (items: ReadonlyArray<T>) => ComponentChildren;
}

/** A list in each of its states: loading, failed with the next step, empty with a sentence, or loaded. */
export function Listed<T>({ loaded, again, waiting, empty, children }: ListedProps<T>) {
  if (loaded.is === "loading") return <Wait>{waiting}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  if (loaded.value.length === 0) return <p class="card">{empty}</p>;
  return <>{children(loaded.value)}</>;
}
