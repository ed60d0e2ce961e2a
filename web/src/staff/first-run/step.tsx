import type { ComponentChildren } from "preact";
import { staffWords } from "../../messages/words.ts";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { Left } from "../../wire/api.gen.ts";
import { go } from "../router.ts";
import { ClientsStep } from "./clients.tsx";
import { ClinicStep } from "./clinic.tsx";
import { DoneStep } from "./done.tsx";
import { GroupStep } from "./group.tsx";
import { KindsStep } from "./kinds.tsx";
import { LinksStep } from "./links.tsx";
import { ProgramStep } from "./program.tsx";
import { SecondStepStep } from "./second-step.tsx";
import { after, before, mayWait, type StepName, type StepProps, STEPS } from "./steps.ts";
import { TeamStep } from "./team.tsx";

/** One screen: where it stands, what it asks, and the ways back and on. */
export function Step({ step, left }: { readonly step: StepName; readonly left: Left }) {
  const onDone = () => go(after(step));
  return (
    <Page width="narrow">
      <div class="stack">
        <p class="small soft">{staffWords.firstRun.place(STEPS.indexOf(step) + 1, STEPS.length)}</p>
        <Heading title={staffWords.firstRun.steps[step]} />
        <p class="soft">{staffWords.firstRun.leads[step]}</p>
        {bodyOf(step, { left, onDone })}
        <nav class="row" aria-label={staffWords.firstRun.ways}>
          <a class="button" href={before(step)}>
            {staffWords.firstRun.back}
          </a>
          {mayWait(step) && (
            <a class="button" href={after(step)}>
              {staffWords.firstRun.later}
            </a>
          )}
        </nav>
      </div>
    </Page>
  );
}

function bodyOf(step: StepName, props: StepProps): ComponentChildren {
  switch (step) {
    case "second-step":
      return <SecondStepStep {...props} />;
    case "clinic":
      return <ClinicStep {...props} />;
    case "program":
      return <ProgramStep {...props} />;
    case "kinds":
      return <KindsStep {...props} />;
    case "team":
      return <TeamStep {...props} />;
    case "clients":
      return <ClientsStep {...props} />;
    case "group":
      return <GroupStep {...props} />;
    case "links":
      return <LinksStep {...props} />;
    case "done":
      return <DoneStep {...props} />;
  }
}
