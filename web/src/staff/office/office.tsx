import { useCallback, useMemo, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { StaffFrame } from "../../ui/frame/staff-frame.tsx";
import { Heading } from "../../ui/heading.tsx";
import { LanguageSwitch } from "../../ui/language-switch.tsx";
import { Page } from "../../ui/page.tsx";
import type { Me } from "../../wire/api.gen.ts";
import { forgetForms, formsBelongTo } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { accessApi } from "../access/api.ts";
import { FactorFirst } from "../access/factor-first.tsx";
import { lockPage } from "../access/lock-state.ts";
import { api } from "../api.ts";
import { go } from "../router.ts";
import { SignInForm } from "../sign-in.tsx";
import type { Found } from "./screens.ts";
import { linksOf, opens, sectionsFor } from "./navigation.ts";
import { Shown } from "./shown.tsx";
import { OfficeContext } from "./signed-in.ts";
import "./office.css";

/** The writer of forms is the person signed in, who must not see what another person typed in this tab. */
async function whoIsHere(): Promise<Me | null> {
  const me = await api.me();
  if (me !== null) formsBelongTo(me.person);
  return me;
}

/** A page within the office's frame, or the sign-in form if nobody is signed in. */
export function Office({ found }: { readonly found: Found }) {
  const [loaded, again] = useLoaded("me", whoIsHere);
  const [signedIn, setSignedIn] = useState<Me | null | undefined>();
  const onSignedOut = useCallback(() => setSignedIn(null), []);
  const onChanged = useCallback(() => {
    setSignedIn(undefined);
    again();
  }, [again]);
  const me = signedIn === undefined && loaded.is === "there" ? loaded.value : signedIn;
  const office = useMemo(() => (me ? { me, onSignedOut, onChanged } : null), [me, onSignedOut, onChanged]);
  if (loaded.is === "failed" && signedIn === undefined) return <Unreachable sentence={loaded.sentence} again={again} />;
  if (loaded.is === "loading" && signedIn === undefined) return <Opening />;
  if (office === null) return <SignInForm onSignedIn={setSignedIn} />;
  if (office.me.standing === "factor_missing") return <FactorFirst onDone={onChanged} />;
  return (
    <OfficeContext.Provider value={office}>
      <Framed me={office.me} found={found} onSignedOut={onSignedOut} />
    </OfficeContext.Provider>
  );
}

const lock = () => accessApi.lock().then(lockPage, () => undefined);

function Framed({ me, found, onSignedOut }: { readonly me: Me; readonly found: Found; readonly onSignedOut: () => void }) {
  const sections = sectionsFor(me);
  const current = sections.find(({ name }) => name === found.screen.section)?.href ?? "";
  const signOut = async () => {
    await api.signOut().catch(() => null);
    forgetForms();
    go("/");
    onSignedOut();
  };
  const account = (
    <>
      <p class="small soft">{me.name}</p>
      <Button onPress={() => void lock()}>{staffWords.access.lockNow}</Button>
      <Button onPress={() => void signOut()}>{staffWords.pages.signOut}</Button>
      <LanguageSwitch />
    </>
  );
  return (
    <StaffFrame sections={sections} current={current} clinic={me.clinic_name} account={account}>
      <Siblings me={me} found={found} />
      {opens(me, found.screen) ? <Shown found={found} /> : <NotYours />}
    </StaffFrame>
  );
}

/** The pages of the section, if there are several. */
function Siblings({ me, found: { screen } }: { readonly me: Me; readonly found: Found }) {
  const links = screen.section === undefined || screen.label === undefined ? [] : linksOf(me, screen.section);
  if (screen.section === undefined || links.length < 2) return null;
  return (
    <nav class="siblings no-print" aria-label={staffWords.office.siblings(staffWords.office.sections[screen.section])}>
      <ul>
        {links.map(({ path, label }) => (
          <li key={path}>
            <a href={path} {...(path === screen.path && { "aria-current": "page" })}>
              {label !== undefined && staffWords.office.screens[label]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NotYours() {
  return (
    <div class="stack narrow">
      <Heading title={staffWords.office.notYours} />
      <p>{staffWords.office.notYoursMeans}</p>
    </div>
  );
}

function Opening() {
  return (
    <Page width="narrow">
      <Wait>{staffWords.pages.opening}</Wait>
    </Page>
  );
}

function Unreachable({ sentence, again }: { readonly sentence: string; readonly again: () => void }) {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.common.justAMoment} />
        <Banner tone="bad">{sentence}</Banner>
        <Button kind="main" onPress={again}>
          {staffWords.common.tryAgain}
        </Button>
      </div>
    </Page>
  );
}
