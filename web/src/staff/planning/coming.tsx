import { staffWords } from "../../messages/words.ts";
import { at as nowAt } from "../../now.ts";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { Sessions } from "../sessions.tsx";
import { planningApi } from "./api.ts";

const AHEAD_MS = 14 * 86_400_000;

const coming = () => planningApi.between(new Date(nowAt()).toISOString(), new Date(nowAt() + AHEAD_MS).toISOString());

/** The sessions of the coming days, so that what is planned can be found and changed before its day. */
export function ComingSessions() {
  const [loaded, again] = useLoaded("coming-sessions", coming, { whenSeen: true });
  return (
    <div class="stack medium">
      <PageHead title={staffWords.planning.coming} lead={staffWords.planning.comingLead} />
      <Listed loaded={loaded} again={again} waiting={staffWords.planning.fetchingComing} empty={staffWords.planning.noneComing}>
        {(sessions) => <Sessions sessions={sessions} dated />}
      </Listed>
    </div>
  );
}
