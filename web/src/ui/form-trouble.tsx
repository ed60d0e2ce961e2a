import { words } from "../messages/words.ts";
import type { Trouble } from "../wire/form.ts";
import { isSignedOut } from "../wire/request.ts";
import { Banner } from "./banner.tsx";

/** Why a form was refused. A signed-out person signs in beside it, and the typed text stays. */
export function FormTrouble({ trouble }: { readonly trouble: Trouble | null }) {
  if (trouble === null) return null;
  return (
    <Banner tone="bad" {...(isSignedOut(trouble.error) ? { action: <SignIn /> } : {})}>
      {trouble.sentence}
    </Banner>
  );
}

/** Signs in beside the form, so that the typed text stays. */
export function SignIn() {
  return (
    <a class="button" href="/" target="_blank" rel="noreferrer">
      {words.common.signIn}
    </a>
  );
}
