import { RequestRefused } from "../api.ts";
import { Banner } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";

interface NotShownProps {
  readonly loaded: { readonly error: unknown; readonly sentence: string };
  readonly again: () => void;
}

/** A staff page that could not be fetched: why, and the way on. */
export function NotShown({ loaded, again }: NotShownProps) {
  const signedOut = loaded.error instanceof RequestRefused && loaded.error.status === 401;
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={signedOut ? "Please sign in" : "This page cannot be shown"} />
        <Banner tone={signedOut ? "calm" : "bad"}>{loaded.sentence}</Banner>
        <div class="row">
          {!signedOut && (
            <button type="button" class="button main" onClick={again}>
              Try again
            </button>
          )}
          <a class={`button ${signedOut ? "main" : ""}`} href="/">
            {signedOut ? "Sign in" : "Today's sessions"}
          </a>
        </div>
      </div>
    </Page>
  );
}
