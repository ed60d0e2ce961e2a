import { OTHER_DEVICE } from "../privacy.ts";
import { attendancePath } from "../router.ts";
import type { Ending } from "../signaling/line.ts";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { Way } from "./live-room.ts";
import { AtTheEnd } from "./privacy-news.tsx";

interface EndingPageProps {
  readonly ending: Ending;
  readonly way: Way;
  readonly onAgain: () => void;
}

const TITLES: Record<Ending["why"], string> = {
  left: "You have left the session",
  ended: "The session has ended",
  removed: "You are no longer in this session",
  withdrawn: "You are no longer in this session",
  refused: "You cannot come in just now",
};

/** The last page of a session: what happened, what was kept, and the way on. */
export function EndingPage({ ending, way, onAgain }: EndingPageProps) {
  const staff = way.link === null;
  return (
    <Page width="narrow">
      <div class="ending">
        <Heading title={TITLES[ending.why]} />
        <Words ending={ending} />
        <div class="row">
          {mayTryAgain(ending) && (
            <button type="button" class={`button ${staff && ending.why === "left" ? "" : "main"}`} onClick={onAgain}>
              {ending.why === "left" ? "Come back in" : "Try again"}
            </button>
          )}
          {staff && ending.why === "withdrawn" && (
            <a class="button main" href="/">
              Sign in
            </a>
          )}
          {staff && ending.why !== "withdrawn" && (
            <>
              <a class="button main" href={attendancePath(way.session)}>
                Attendance and notes
              </a>
              <a class="button" href="/">
                Today's sessions
              </a>
            </>
          )}
        </div>
        <AtTheEnd />
      </div>
    </Page>
  );
}

/** Who was sent out may have been let back in, and who was refused may be expected now. */
function mayTryAgain({ why }: Ending): boolean {
  return why === "left" || why === "refused" || why === "removed";
}

function Words({ ending }: { ending: Ending }) {
  switch (ending.why) {
    case "left":
      return (
        <p>
          The time you were here is recorded. If you left by mistake, you can come back in. {OTHER_DEVICE}
        </p>
      );
    case "ended":
      return <p>Thank you for being here. The time you were here is recorded.</p>;
    case "removed":
    case "withdrawn":
    case "refused":
      return <p>{ending.sentence}</p>;
  }
}
