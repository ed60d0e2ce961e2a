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
    "The room does not answer, and you are signed out. We keep trying to bring you back without signing in. If that " +
    "takes too long, sign in again and open the room from today's sessions.",
  denied:
    "The room does not answer, and we could not find another way in for you. We keep trying. If it stays so, ask your " +
    "program whether you are on the list of this session.",
};

/** What to do for somebody who has been waiting to come in, or back, for long. Nothing while all is well. */
export function StuckHelp({ live }: { live: LiveRoom }) {
  const stuck = live.signaling.stuck.value;
  if (stuck === null) return null;
  const ways = (
    <>
      <button type="button" class="button" onClick={() => void comeBackNow(live)}>
        Reload and come back
      </button>
      {stuck === "signed_out" && (
        <a class="button" href="/">
          Sign in
        </a>
      )}
    </>
  );
  return (
    <Banner tone="warn" action={ways}>
      {WORDS[stuck]}
    </Banner>
  );
}

/** A page that is not served just now would give way to the browser's own error: then this one goes on trying. */
async function comeBackNow(live: LiveRoom): Promise<void> {
  const served = await fetch(location.pathname, { cache: "no-store" }).then((answer) => answer.ok, () => false);
  if (served) location.reload();
  else live.signaling.tryNow();
}
