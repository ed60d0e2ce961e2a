import { useEffect, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { FactorWanted, Me, ProviderReturn } from "../../wire/api.gen.ts";
import { formsBelongTo } from "../../wire/form.ts";
import { sentenceOf } from "../../wire/request.ts";
import { SecondStep } from "../access/second-step.tsx";
import { go } from "../router.ts";
import { providerApi } from "./api.ts";
import { sayConfirmed, usedDoor, way } from "./way.ts";

type State =
  | { readonly is: "checking" | "confirmed" }
  | { readonly is: "factor"; readonly wanted: FactorWanted }
  | { readonly is: "failed"; readonly sentence: string };

/** What the provider has sent back, taken from the address, so that nobody copies it. */
function takeAnswer(): ProviderReturn {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, "", location.pathname);
  return { state: query.get("state") || "-", code: query.get("code"), error: query.get("error"), iss: query.get("iss") };
}

/** Where the provider sends people back: the service checks what it says, and the page goes on. */
export function ProviderReturnPage({ clinic }: { readonly clinic: string }) {
  const [set] = useState(() => way.read());
  const [state, setState] = useState<State>({ is: "checking" });
  const signedIn = (me: Me) => {
    formsBelongTo(me.person);
    go(set?.back ?? "/");
  };
  const comeBack = async () => {
    const { me, factor } = await providerApi.comeBack(clinic, takeAnswer());
    if (set?.purpose === "confirm") {
      sayConfirmed();
      setState({ is: "confirmed" });
      close(); // only a window that a page has opened closes
    } else if (set?.purpose === "link") {
      toast(staffWords.provider.linked);
      go("/me");
    } else {
      usedDoor.keep(await providerApi.door(clinic));
      if (factor !== null) setState({ is: "factor", wanted: factor });
      if (me !== null) signedIn(me);
    }
  };
  useEffect(() => {
    way.forget();
    comeBack().catch((error: unknown) => setState({ is: "failed", sentence: sentenceOf(error) }));
  }, []);
  if (state.is === "factor") {
    return <SecondStep wanted={state.wanted} onSignedIn={signedIn} onStartOver={() => go(`/sign-in/${clinic}`)} />;
  }
  return (
    <Page width="narrow">
      {state.is === "checking" && <Wait>{staffWords.access.checking}</Wait>}
      {state.is === "confirmed" && (
        <div class="stack">
          <Heading title={staffWords.provider.confirmed} />
          <p>{staffWords.provider.closeWindow}</p>
        </div>
      )}
      {state.is === "failed" && <Refused sentence={state.sentence} again={again(set?.purpose, clinic)} />}
    </Page>
  );
}

const again = (purpose: string | undefined, clinic: string): string =>
  purpose === "link" ? "/me" : purpose === "confirm" ? "/sign-in/confirm" : `/sign-in/${clinic}`;

function Refused({ sentence, again: where }: { readonly sentence: string; readonly again: string }) {
  return (
    <div class="stack">
      <Heading title={staffWords.provider.notSignedIn} />
      <Banner tone="bad">{sentence}</Banner>
      <div class="row">
        <a class="button main" href={where}>
          {staffWords.access.startOver}
        </a>
        <a class="button" href="/">
          {staffWords.provider.withPassword}
        </a>
      </div>
    </div>
  );
}
