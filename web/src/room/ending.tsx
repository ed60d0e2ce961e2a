import type { ComponentChildren } from "preact";
import { words } from "../messages/words.ts";
import { AtTheEnd } from "../privacy/news.tsx";
import type { Ending } from "../signaling/line.ts";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";

interface EndingPageProps {
  readonly ending: Ending;
  /** The buttons and links to the next step. */
  readonly ways: ComponentChildren;
  /** What a cancellation means for this reader. */
  readonly calledOff: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** The last page of a session: what happened, what was kept, and the next step. */
export function EndingPage({ ending, ways, calledOff, children }: EndingPageProps) {
  return (
    <Page width="narrow">
      <div class="ending">
        <Heading title={words.room.endings[isRefused(ending, "session_over") ? "ended" : ending.why]} />
        <Words ending={ending} calledOff={calledOff} />
        <div class="row">{ways}</div>
        {children}
        <AtTheEnd />
      </div>
    </Page>
  );
}

interface WayBackProps {
  readonly ending: Ending;
  /** True if there is no better next step. */
  readonly main?: boolean;
  readonly onAgain: () => void;
}

/** The button to begin again, where that may help. */
export function WayBack({ ending, main = false, onAgain }: WayBackProps) {
  if (!mayTryAgain(ending)) return null;
  return (
    <button type="button" class={`button ${main ? "main" : ""}`} onClick={onAgain}>
      {wayBack(ending)}
    </button>
  );
}

export function isRefused(ending: Ending, code: string): boolean {
  return ending.why === "refused" && ending.code === code;
}

function wayBack(ending: Ending): string {
  if (ending.why === "left") return words.room.comeBackIn;
  if (ending.why === "cancelled") return words.common.lookAgain;
  return isRefused(ending, "session_over") ? words.room.seeNext : words.common.tryAgain;
}

/** A person who was sent out may have been let back in, and one who was refused may be expected now. */
function mayTryAgain({ why }: Ending): boolean {
  return why === "left" || why === "refused" || why === "removed" || why === "cancelled";
}

function Words({ ending, calledOff }: Pick<EndingPageProps, "ending" | "calledOff">) {
  switch (ending.why) {
    case "left":
      return (
        <p>
          {words.room.timeRecorded} {words.privacy.otherDevice}
        </p>
      );
    case "ended":
      return <p>{words.room.thanks}</p>;
    case "cancelled":
      return <>{calledOff}</>;
    case "removed":
    case "withdrawn":
    case "refused":
      return <p>{ending.sentence}</p>;
  }
}
