import { useEffect } from "preact/hooks";
import { day } from "../format.ts";
import { staffWords } from "../messages/words.ts";
import { now } from "../now.ts";
import { Age } from "../ui/age.tsx";
import { PageHead } from "../ui/frame/page-head.tsx";
import { Listed } from "../ui/listed.tsx";
import { useLoaded } from "../wire/loaded.ts";
import { isSignedOut } from "../wire/request.ts";
import { api } from "./api.ts";
import { ExpiringLicences } from "./licences/expiring.tsx";
import { useOffice } from "./office/signed-in.ts";
import { Sessions } from "./sessions.tsx";

/** The sessions of today that the person sees. */
export function Today() {
  const { me, onSignedOut } = useOffice();
  const [loaded, again] = useLoaded("today", api.sessionsToday, { whenSeen: true });
  const signedOut = loaded.is === "failed" && isSignedOut(loaded.error);
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut]);
  return (
    <div class="stack medium">
      <PageHead title={staffWords.pages.today} lead={`${me.clinic_name} · ${day(now.value)}`} />
      <ExpiringLicences />
      <Listed loaded={loaded} again={again} waiting={staffWords.pages.fetchingToday} empty={staffWords.pages.noneToday}>
        {(sessions) => <Sessions sessions={sessions} />}
      </Listed>
      <Age loaded={loaded} again={again} />
    </div>
  );
}
