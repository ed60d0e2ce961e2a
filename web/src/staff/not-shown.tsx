import { useEffect } from "preact/hooks";
import { staffWords } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import { isSignedOut } from "../wire/request.ts";
import { useOfficeIfAny } from "./office/signed-in.ts";
import { SignInForm } from "./sign-in.tsx";

interface NotShownProps {
  readonly loaded: { readonly error: unknown; readonly sentence: string };
  readonly again: () => void;
}

/** A staff page that could not be fetched: why, and the next step. A signed-out person signs in here. */
export function NotShown({ loaded, again }: NotShownProps) {
  const office = useOfficeIfAny();
  const signedOut = isSignedOut(loaded.error);
  useEffect(() => {
    if (signedOut) office?.onSignedOut();
  }, [signedOut]);
  if (office !== null) return <Why sentence={loaded.sentence} again={again} />;
  if (signedOut) return <SignInForm onSignedIn={again} />;
  return (
    <Page width="narrow">
      <Why sentence={loaded.sentence} again={again} />
    </Page>
  );
}

function Why({ sentence, again }: { readonly sentence: string; readonly again: () => void }) {
  return (
    <div class="stack">
      <Heading title={staffWords.pages.notShown} />
      <Banner tone="bad">{sentence}</Banner>
      <div class="row">
        <button type="button" class="button main" onClick={again}>
          {staffWords.common.tryAgain}
        </button>
        <a class="button" href="/">
          {staffWords.pages.today}
        </a>
      </div>
    </div>
  );
}
