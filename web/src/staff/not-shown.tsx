import { staffWords } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import { isSignedOut } from "../wire/request.ts";
import { SignInForm } from "./sign-in.tsx";

interface NotShownProps {
  readonly loaded: { readonly error: unknown; readonly sentence: string };
  readonly again: () => void;
}

/** A staff page that could not be fetched: why, and the next step. A signed-out person signs in here. */
export function NotShown({ loaded, again }: NotShownProps) {
  if (isSignedOut(loaded.error)) return <SignInForm onSignedIn={again} />;
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.pages.notShown} />
        <Banner tone="bad">{loaded.sentence}</Banner>
        <div class="row">
          <button type="button" class="button main" onClick={again}>
            {staffWords.common.tryAgain}
          </button>
          <a class="button" href="/">
            {staffWords.pages.today}
          </a>
        </div>
      </div>
    </Page>
  );
}
