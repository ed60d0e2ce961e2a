import { OTHER_DEVICE } from "../privacy.ts";
import { attendancePath } from "../router.ts";
import type { Ending } from "../signaling/line.ts";
import { Banner } from "../ui/banner.tsx";
import { CalledOff } from "../ui/called-off.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { LiveRoom, Way } from "./live-room.ts";
import { AtTheEnd } from "./privacy-news.tsx";

interface EndingPageProps {
  readonly live: LiveRoom;
  readonly ending: Ending;
  readonly way: Way;
  readonly onAgain: () => void;
}

const TITLES: Record<Ending["why"], string> = {
  left: "You have left the session",
  ended: "The session has ended",
  cancelled: "This session does not take place",
  removed: "You are no longer in this session",
  withdrawn: "You are no longer in this session",
  refused: "You cannot come in just now",
};

/** The last page of a session: what happened, what was kept, and the way on. */
export function EndingPage({ live, ending, way, onAgain }: EndingPageProps) {
  const staff = way.link === null;
  const signedOut = staff && (ending.why === "withdrawn" || isRefused(ending, "not_signed_in"));
  return (
    <Page width="narrow">
      <div class="ending">
        <Heading title={isRefused(ending, "session_over") ? TITLES.ended : TITLES[ending.why]} />
        <Words ending={ending} staff={staff} />
        <div class="row">
          {(signedOut || mayTryAgain(ending)) && (
            <button type="button" class={`button ${staff && !signedOut ? "" : "main"}`} onClick={onAgain}>
              {signedOut ? "Sign in" : wayBack(ending)}
            </button>
          )}
          {staff && !signedOut && (
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
        <Unsaved texts={live.drafts.unsaved()} />
        <AtTheEnd />
      </div>
    </Page>
  );
}

function isRefused(ending: Ending, code: string): boolean {
  return ending.why === "refused" && ending.code === code;
}

function wayBack(ending: Ending): string {
  if (ending.why === "left") return "Come back in";
  if (ending.why === "cancelled") return "Look again";
  return isRefused(ending, "session_over") ? "See what is next" : "Try again";
}

/** What a facilitator wrote and no node has: here it can still be copied. */
function Unsaved({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div class="stack-tight">
      <Banner tone="warn">
        The connection ended before the service confirmed that this is saved. Copy it before you leave this page, then look
        at the notes.
      </Banner>
      {texts.map((text, index) => (
        <textarea key={index} class="note" aria-label="Not confirmed as saved" readOnly value={text} />
      ))}
    </div>
  );
}

/** Who was sent out may have been let back in, and who was refused may be expected now. */
function mayTryAgain({ why }: Ending): boolean {
  return why === "left" || why === "refused" || why === "removed" || why === "cancelled";
}

function Words({ ending, staff }: { ending: Ending; staff: boolean }) {
  switch (ending.why) {
    case "left":
      return (
        <p>
          The time you were here is recorded. If you left by mistake, you can come back in. {OTHER_DEVICE}
        </p>
      );
    case "ended":
      return <p>Thank you for being here. The time you were here is recorded.</p>;
    case "cancelled":
      return <CalledOff staff={staff} />;
    case "removed":
    case "withdrawn":
    case "refused":
      return <p>{ending.sentence}</p>;
  }
}
