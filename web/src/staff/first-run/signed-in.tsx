import type { ComponentChildren } from "preact";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Page } from "../../ui/page.tsx";
import type { Left } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { calls } from "./calls.ts";

/** What is shown to an administrator who is signed in, from what is left; everybody else signs in first. */
export function SignedIn({ children }: { readonly children: (left: Left) => ComponentChildren }) {
  const [loaded, again] = useLoaded("first-run-left", calls.left, { editable: true });
  if (loaded.is === "there") return <>{children(loaded.value)}</>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  return (
    <Page width="narrow">
      <Wait>{staffWords.pages.opening}</Wait>
    </Page>
  );
}
