import { words } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";
import type { LiveRoom } from "./live-room.ts";

/** What a person can do who has waited long to come in. Shows nothing while all is well. */
export function StuckHelp({ live }: { live: LiveRoom }) {
  const said = stuckWords(live);
  if (said.length === 0) return null;
  return (
    <Banner tone="warn" action={<StuckWays live={live} />}>
      {said}
    </Banner>
  );
}

export function stuckWords(live: LiveRoom): readonly string[] {
  const stuck = live.signaling.stuck.value;
  return stuck === null ? [] : [words.room.stuck[stuck]];
}

/** The buttons that go with the words. */
export function StuckWays({ live }: { live: LiveRoom }) {
  const stuck = live.signaling.stuck.value;
  if (stuck === null) return null;
  return (
    <div class="row">
      <button type="button" class="button" onClick={() => void comeBackNow(live)}>
        {words.room.reload}
      </button>
      {stuck === "signed_out" && (
        <a class="button" href="/" target="_blank" rel="noreferrer">
          {words.common.signIn}
        </a>
      )}
    </div>
  );
}

/** Reload only if the page is served, because the browser's own error would replace it; otherwise keep trying. */
async function comeBackNow(live: LiveRoom): Promise<void> {
  const served = await fetch(location.pathname, { cache: "no-store" }).then((answer) => answer.ok, () => false);
  if (served) location.reload();
  else live.signaling.tryNow();
}
