import { EndingPage, WayBack, isRefused } from "../../room/ending.tsx";
import type { Ending } from "../../signaling/line.ts";
import { Banner } from "../../ui/banner.tsx";
import { StaffCalledOff } from "../called-off.tsx";
import type { Drafts } from "../notes/drafts.ts";
import { attendancePath } from "../router.ts";

interface StaffEndingProps {
  readonly ending: Ending;
  readonly session: string;
  readonly drafts: Drafts;
  readonly onAgain: () => void;
}

/** The last page of a session for staff: the way to its attendance, and what they wrote that may not be saved. */
export function StaffEnding({ ending, session, drafts, onAgain }: StaffEndingProps) {
  const signedOut = ending.why === "withdrawn" || isRefused(ending, "not_signed_in");
  const ways = signedOut ? (
    <button type="button" class="button main" onClick={onAgain}>
      Sign in
    </button>
  ) : (
    <>
      <WayBack ending={ending} onAgain={onAgain} />
      <a class="button main" href={attendancePath(session)}>
        Attendance and notes
      </a>
      <a class="button" href="/">
        Today's sessions
      </a>
    </>
  );
  return (
    <EndingPage ending={ending} ways={ways} calledOff={<StaffCalledOff />}>
      <Unsaved texts={drafts.unsaved()} />
    </EndingPage>
  );
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
