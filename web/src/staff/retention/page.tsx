import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { retentionApi } from "./api.ts";
import { Done } from "./done.tsx";
import { Holds } from "./holds.tsx";
import { Next } from "./next.tsx";
import { Policy } from "./policy.tsx";
import { ToErase } from "./to-erase.tsx";
import "./retention.css";

/** What is erased when: what comes next, what stops it, the policy, and what was done. */
export function RetentionPage() {
  const [loaded, again] = useLoaded("retention", retentionApi.show);
  if (loaded.is === "loading") return <Wait>{staffWords.retention.fetching}</Wait>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const { rules, upcoming, clients, listed, holds, done } = loaded.value;
  return (
    <div class="stack retention">
      <PageHead title={staffWords.retention.title} lead={staffWords.retention.lead} />
      <ToErase clients={clients} listed={listed} again={again} />
      <Holds holds={holds} again={again} />
      <Next upcoming={upcoming} />
      <Policy rules={rules} again={again} />
      <Done done={done} />
    </div>
  );
}
