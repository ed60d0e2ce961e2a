import { useState } from "preact/hooks";
import { DeviceCheck } from "../../devices/device-check.tsx";
import { timeRange } from "../../format.ts";
import { useOwnMedia } from "../../media/own-media.ts";
import { staffWords } from "../../messages/words.ts";
import { AtTheDoor } from "../../privacy/news.tsx";
import { comeBack } from "../../storage.ts";
import { Wait } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { Session } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { titleOf } from "../../words.ts";
import { api } from "../api.ts";
import { StaffCalledOff } from "../called-off.tsx";
import { LicenceWarnings } from "../licences/warnings.tsx";
import { NotShown } from "../not-shown.tsx";
import { attendancePath } from "../router.ts";
import { StaffRoomView } from "./room-view.tsx";

/** The door for staff, and the room. */
export function StaffRoom({ session }: { session: string }) {
  const [round, setRound] = useState(0);
  return <Door key={round} session={session} onAgain={() => setRound(round + 1)} />;
}

function Door({ session, onAgain }: { session: string; onAgain: () => void }) {
  const [entered, setEntered] = useState(() => comeBack.read()?.session === session);
  const [straightIn] = useState(entered);
  const [loaded, again] = useLoaded(session, () => api.session(session));
  const media = useOwnMedia(entered || (loaded.is === "there" && !isOver(loaded.value)), straightIn);
  if (entered) {
    const known = loaded.is === "there" ? loaded.value : null;
    return <StaffRoomView session={session} known={known} media={media} onAgain={onAgain} />;
  }
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") {
    return (
      <Page width="narrow">
        <Wait>{staffWords.panel.fetching}</Wait>
      </Page>
    );
  }
  if (loaded.value.phase === "ended") return <Ended session={session} />;
  if (loaded.value.phase === "cancelled") return <Cancelled />;
  return (
    <Page>
      <div class="stack">
        <div class="stack-tight">
          <Heading title={titleOf(loaded.value)} />
          <p class="soft">{timeRange(loaded.value.starts, loaded.value.ends, { zone: loaded.value.timezone })}</p>
        </div>
        <LicenceWarnings warnings={loaded.value.warnings} />
        <DeviceCheck media={media}>
          <button type="button" class="button main wide" onClick={() => setEntered(true)}>
            {staffWords.panel.enter}
          </button>
          <AtTheDoor media={media} staff />
        </DeviceCheck>
      </div>
    </Page>
  );
}

/** There is nothing to enter. */
function isOver({ phase }: Session): boolean {
  return phase === "ended" || phase === "cancelled";
}

function Cancelled() {
  return (
    <Page width="narrow">
      <div class="ending">
        <Heading title={staffWords.common.cancelledTitle} />
        <StaffCalledOff />
        <a class="button main" href="/">
          {staffWords.pages.today}
        </a>
      </div>
    </Page>
  );
}

function Ended({ session }: { session: string }) {
  return (
    <Page width="narrow">
      <div class="ending">
        <Heading title={staffWords.panel.hasEnded} />
        <p>{staffWords.panel.areKept}</p>
        <div class="row">
          <a class="button main" href={attendancePath(session)}>
            {staffWords.panel.attendanceAndNotes}
          </a>
          <a class="button" href="/">
            {staffWords.pages.today}
          </a>
        </div>
      </div>
    </Page>
  );
}
