import { useEffect, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { providerApi } from "./api.ts";
import { leave, whenConfirmed } from "./way.ts";

/**
 * Confirms the sign-in by the clinic's provider, for those whose account is linked: in a window of its own, because this page
 * may hold typed text, or a room.
 */
export function ConfirmByProvider({ onConfirmed }: { readonly onConfirmed: () => void }) {
  const [own] = useLoaded("own-provider", providerApi.own);
  useEffect(() => whenConfirmed(onConfirmed), []);
  if (own.is !== "there" || own.value.label === null || own.value.linked === null) return null;
  return (
    <Button wide onPress={open}>
      {staffWords.provider.confirmWith(own.value.label)}
    </Button>
  );
}

const open = () => void window.open("/sign-in/confirm", "_blank", "popup,width=520,height=720");

/** The first page of that window, which leads to the provider. */
export function ConfirmPage() {
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    leave("confirm", providerApi.confirm).catch((error: unknown) => setTrouble(sentenceOf(error)));
  }, []);
  return (
    <Page width="narrow">
      {trouble === null ? (
        <Wait>{staffWords.provider.leaving}</Wait>
      ) : (
        <div class="stack">
          <Heading title={staffWords.provider.notSignedIn} />
          <Banner tone="bad">{trouble}</Banner>
          <p>{staffWords.provider.closeWindow}</p>
        </div>
      )}
    </Page>
  );
}
