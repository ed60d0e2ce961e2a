import type { Stuck } from "../signaling/line.ts";
import { Banner } from "../ui/banner.tsx";
import type { LiveRoom } from "./live-room.ts";

const WORDS: Record<Stuck, string> = {
  unreachable:
    "We cannot reach the room. Check that you are online. We keep trying, and bring you back as soon as it answers.",
  link:
    "The room does not answer, and your personal link does not open any more. We keep trying to bring you back without " +
    "it. If that takes too long, ask your program for a new link, and open that.",
  signed_out:
    "The room does not answer, and you are signed out. We keep trying to bring you back. Sign in again in another window " +
    "of this browser: this page then comes back by itself, and what you wrote here stays.",
  denied:
    "The room does not answer, and we could not find another way in for you. We keep trying. If it stays so, ask your " +
    "program whether you are on the list of this session.",
};

/** What to do for somebody who has been waiting to come in for long. Nothing while all is well. */
export function StuckHelp({ live }: { live: LiveRoom }) {
  const words = stuckWords(live);
  if (words.length === 0) return null;
  return (
    <Banner tone="warn" action={<StuckWays live={live} />}>
      {words}
    </Banner>
  );
}

export function stuckWords(live: LiveRoom): readonly string[] {
  const stuck = live.signaling.stuck.value;
  return stuck === null ? [] : [WORDS[stuck]];
}

/** The buttons that go with the words. */
export function StuckWays({ live }: { live: LiveRoom }) {
  const stuck = live.signaling.stuck.value;
  if (stuck === null) return null;
  return (
    <div class="row">
      <button type="button" class="button" onClick={() => void comeBackNow(live)}>
        Reload and come back
      </button>
      {stuck === "signed_out" && (
        <a class="button" href="/" target="_blank" rel="noreferrer">
          Sign in
        </a>
      )}
    </div>
  );
}

/** A page that is not served just now would give way to the browser's own error: then this one goes on trying. */
async function comeBackNow(live: LiveRoom): Promise<void> {
  const served = await fetch(location.pathname, { cache: "no-store" }).then((answer) => answer.ok, () => false);
  if (served) location.reload();
  else live.signaling.tryNow();
}
