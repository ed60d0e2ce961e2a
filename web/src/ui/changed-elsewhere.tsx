import type { ComponentChildren } from "preact";
import { Banner } from "./banner.tsx";

interface ChangedElsewhereProps {
  /** What somebody else, or another window, made of it. */
  readonly theirs: ComponentChildren;
  /** The buttons that settle which is to stand. */
  readonly ways: ComponentChildren;
  /** What has happened, and what has not. */
  readonly children: ComponentChildren;
}

/** Beside an editor: that the same thing was changed elsewhere since it was opened, what it is now, and the ways on. */
export function ChangedElsewhere({ theirs, ways, children }: ChangedElsewhereProps) {
  return (
    <div class="stack-tight">
      <Banner tone="warn">{children}</Banner>
      {theirs}
      <div class="row">{ways}</div>
    </div>
  );
}
