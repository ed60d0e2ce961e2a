import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { kept } from "../../storage.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { Left } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { BeginAsAdministrator } from "./administrator.tsx";
import { calls } from "./calls.ts";
import { SignedIn } from "./signed-in.tsx";
import { isDone, isStep, nextStep, stepPath, STEPS } from "./steps.ts";
import { Step } from "./step.tsx";
import "./first-run.css";

const secret = kept<string>(() => sessionStorage, "vesper.first-run");

/** The link's secret, moved from the address into the tab, so that nobody sees or copies it. */
function takeSecret(): string {
  const given = location.hash.slice(1);
  if (given === "") return secret.read() ?? "";
  history.replaceState(null, "", location.pathname);
  secret.keep(given);
  return given;
}

/** A clinic from nothing: by the link that an operator printed, or signed in, with what is left to do. */
export function FirstRun() {
  const [link, setLink] = useState(takeSecret);
  const forget = () => {
    secret.forget();
    setLink("");
  };
  if (link !== "") return <Opened link={link} onSpent={forget} />;
  return <SignedIn>{(left) => <WhatIsLeft left={left} />}</SignedIn>;
}

/** One step, for who is signed in. */
export function FirstRunStep({ step }: { readonly step: string }) {
  if (!isStep(step)) return <FirstRun />;
  return <SignedIn key={step}>{(left) => <Step key={step} step={step} left={left} />}</SignedIn>;
}

function Opened({ link, onSpent }: { readonly link: string; readonly onSpent: () => void }) {
  const [loaded, again] = useLoaded("first-run", () => calls.open(link));
  return (
    <Page width="narrow">
      {loaded.is === "loading" && <Wait>{staffWords.pages.opening}</Wait>}
      {loaded.is === "there" && <BeginAsAdministrator link={link} clinic={loaded.value.clinic_name} onSpent={onSpent} />}
      {loaded.is === "failed" && (
        <div class="stack">
          <Heading title={staffWords.firstRun.linkOver} />
          <Banner tone="bad">{loaded.sentence}</Banner>
          <div class="row">
            <Button kind="main" onPress={onSpent}>
              {staffWords.pages.signIn}
            </Button>
            <Button onPress={again}>{staffWords.common.tryAgain}</Button>
          </div>
        </div>
      )}
    </Page>
  );
}

function WhatIsLeft({ left }: { readonly left: Left }) {
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.firstRun.leftTitle} />
        <p class="soft">{staffWords.firstRun.leftLead}</p>
        <ol class="card stack-tight first-run-steps">
          {STEPS.map((step) => {
            const done = isDone(step, left);
            return (
              <li key={step}>
                <a href={stepPath(step)}>{staffWords.firstRun.steps[step]}</a>
                {done === true && <span class="badge calm">{staffWords.firstRun.there}</span>}
              </li>
            );
          })}
        </ol>
        <div class="row">
          <a class="button main" href={stepPath(nextStep(left))}>
            {staffWords.firstRun.goOn}
          </a>
          <a class="button" href="/">
            {staffWords.firstRun.toOffice}
          </a>
        </div>
      </div>
    </Page>
  );
}
