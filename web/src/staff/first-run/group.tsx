import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { SessionForm } from "../planning/session-form.tsx";
import { GoOn } from "./go-on.tsx";
import type { StepProps } from "./steps.ts";

/** The first group: when, how long, who leads and who comes. */
export function GroupStep({ left, onDone }: StepProps) {
  if (left.program === null) return <Banner tone="warn">{staffWords.firstRun.programFirst}</Banner>;
  if (left.group === null) return <SessionForm program={left.program} brief save={staffWords.firstRun.planGroup} onPlanned={onDone} />;
  return (
    <div class="stack">
      <Banner tone="good">{staffWords.firstRun.groupThere}</Banner>
      <GoOn onDone={onDone} />
    </div>
  );
}
