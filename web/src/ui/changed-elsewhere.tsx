import type { ComponentChildren } from "preact";
import { Banner } from "./banner.tsx";

interface ChangedElsewhereProps {
  /** The content after the other person's or window's change. */
  readonly theirs: ComponentChildren;
  /** The buttons that choose which version stays. */
  readonly ways: ComponentChildren;
  /** What was changed, and what was not. */
  readonly children: ComponentChildren;
}

/** A notice beside an editor whose content was changed elsewhere since it was opened: the new content, and the choices. */
export function ChangedElsewhere({ theirs, ways, children }: ChangedElsewhereProps) {
  return (
    <div class="stack-tight">
      <Banner tone="warn">{children}</Banner>
      {theirs}
      <div class="row">{ways}</div>
    </div>
  );
}
