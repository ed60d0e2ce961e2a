import { useState } from "preact/hooks";
import { staffWords } from "../messages/words.ts";
import { Banner, Wait } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { Me } from "../wire/api.gen.ts";
import { formsBelongTo } from "../wire/form.ts";
import { useLoaded } from "../wire/loaded.ts";
import { api } from "./api.ts";
import { SignInForm } from "./sign-in.tsx";
import { Today } from "./today.tsx";

/** The writer of forms is the person signed in, who must not see what another person typed in this tab. */
async function whoIsHere(): Promise<Me | null> {
  const me = await api.me();
  if (me !== null) formsBelongTo(me.person);
  return me;
}

/** Today's sessions, or the sign-in form if nobody is signed in. */
export function Home() {
  const [loaded, again] = useLoaded("me", whoIsHere);
  const [signedIn, setSignedIn] = useState<Me | null | undefined>();
  if (loaded.is === "failed" && signedIn === undefined) return <Unreachable sentence={loaded.sentence} again={again} />;
  if (loaded.is === "loading") return <Opening />;
  const me = signedIn === undefined && loaded.is === "there" ? loaded.value : signedIn;
  return me ? <Today me={me} onSignedOut={() => setSignedIn(null)} /> : <SignInForm onSignedIn={setSignedIn} />;
}

function Opening() {
  return (
    <Page width="narrow">
      <Wait>{staffWords.pages.opening}</Wait>
    </Page>
  );
}

function Unreachable({ sentence, again }: { sentence: string; again: () => void }) {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.common.justAMoment} />
        <Banner tone="bad">{sentence}</Banner>
        <button type="button" class="button main" onClick={again}>
          {staffWords.common.tryAgain}
        </button>
      </div>
    </Page>
  );
}
