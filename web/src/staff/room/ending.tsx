import { staffWords } from "../../messages/words.ts";
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

/** The last page of a session for staff: the link to its attendance, and their notes that may not be saved. */
export function StaffEnding({ ending, session, drafts, onAgain }: StaffEndingProps) {
  const signedOut = ending.why === "withdrawn" || isRefused(ending, "not_signed_in");
  const ways = signedOut ? (
    <button type="button" class="button main" onClick={onAgain}>
      {staffWords.common.signIn}
    </button>
  ) : (
    <>
      <WayBack ending={ending} onAgain={onAgain} />
      <a class="button main" href={attendancePath(session)}>
        {staffWords.panel.attendanceAndNotes}
      </a>
      <a class="button" href="/">
        {staffWords.pages.today}
      </a>
    </>
  );
  return (
    <EndingPage ending={ending} ways={ways} calledOff={<StaffCalledOff />}>
      <Unsaved texts={drafts.unsaved()} />
    </EndingPage>
  );
}

/** A facilitator's text that no node has, which can still be copied here. */
function Unsaved({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div class="stack-tight">
      <Banner tone="warn">{staffWords.notes.unsaved}</Banner>
      {texts.map((text, index) => (
        <textarea key={index} class="note" aria-label={staffWords.notes.notConfirmed} readOnly value={text} />
      ))}
    </div>
  );
}
