import type { Trouble } from "../wire/form.ts";
import { isSignedOut } from "../wire/request.ts";
import { Banner } from "./banner.tsx";

/** Why a form was not taken. Who is signed out signs in beside it, and what they typed stays. */
export function FormTrouble({ trouble }: { readonly trouble: Trouble | null }) {
  if (trouble === null) return null;
  const signIn = (
    <a class="button" href="/" target="_blank" rel="noreferrer">
      Sign in
    </a>
  );
  return (
    <Banner tone="bad" {...(isSignedOut(trouble.error) ? { action: signIn } : {})}>
      {trouble.sentence}
    </Banner>
  );
}
