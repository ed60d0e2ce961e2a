import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { providerApi } from "./api.ts";
import { LeaveButton } from "./leave-button.tsx";

/** A clinic's own page to sign in: the link that its staff are given. */
export function ProviderDoorPage({ clinic }: { readonly clinic: string }) {
  const [loaded] = useLoaded(`door ${clinic}`, () => providerApi.door(clinic));
  return (
    <Page width="narrow">
      {loaded.is === "loading" && <Wait>{staffWords.pages.opening}</Wait>}
      {loaded.is !== "loading" && (
        <div class="stack">
          <Heading title={loaded.is === "there" ? staffWords.provider.signInAt(loaded.value.clinic_name) : staffWords.pages.signIn} />
          {loaded.is === "failed" && <Banner tone="bad">{loaded.sentence}</Banner>}
          {loaded.is === "there" && (
            <div class="card stack">
              <p>{staffWords.provider.doorLead}</p>
              <LeaveButton main label={loaded.value.label} ask={() => providerApi.signIn(clinic)} />
            </div>
          )}
          <a href="/">{staffWords.provider.withPassword}</a>
        </div>
      )}
    </Page>
  );
}
