import { useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { RadioField } from "../../ui/forms/choices.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { Inquiry, InquiryState, Permission, PlannedIntake, StepKind, StepView } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { enrolmentsPath } from "../router.ts";
import { wayApi } from "../way/api.ts";
import { said } from "../way/words.ts";
import { Clocks, StateOf } from "./list.tsx";
import { StepForm } from "./step-form.tsx";
import "../way/way.css";

const DECISIONS: ReadonlySet<StepKind> = new Set(["admitted", "referred", "declined"]);
/** The step that usually follows. */
const USUAL: Readonly<Record<InquiryState, StepKind>> = {
  asked: "screened", screened: "intake_planned", intake: "assessed", assessed: "admitted", waiting: "admitted",
  admitted: "asked", referred: "arrived", declined: "reopened",
};
const neededFor = (kind: StepKind): Permission => (DECISIONS.has(kind) ? "enrolments.decide" : "intake.work");

/** One inquiry: what is known, what happened, and what happens next. */
export function InquiryPage({ inquiry: id }: { readonly inquiry: string }) {
  const [loaded, again] = useLoaded(`inquiry ${id}`, () => wayApi.inquiry(id));
  const [changed, setChanged] = useState<Inquiry | null>(null);
  const [link, setLink] = useState<string | null>(null);
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.way.fetching}</Wait>;
  const inquiry = changed ?? loaded.value;
  const taken = (answer: Inquiry | PlannedIntake) => {
    setLink("url" in answer ? answer.url : null);
    setChanged("url" in answer ? answer.inquiry : answer);
  };
  return (
    <div class="stack">
      <PageHead title={staffWords.way.oneInquiry} person={inquiry.line.name} lead={<Reach inquiry={inquiry} />} path={[{ href: "/inquiries", label: staffWords.way.inquiries }]} />
      <div aria-live="polite"><StateOf {...inquiry.line} /></div>
      <Clocks clocks={inquiry.line.clocks} />
      {link !== null && <Link url={link} />}
      <Next key={inquiry.line.state} inquiry={inquiry} onTaken={taken} />
      <section class="stack-tight" aria-labelledby="history">
        <h2 id="history">{staffWords.way.history}</h2>
        <ol class="way-line">{inquiry.steps.map((step) => <li key={step.id}><StepLine step={step} inquiry={inquiry} /></li>)}</ol>
      </section>
    </div>
  );
}

function Reach({ inquiry: { line, reach, may_leave_message: message, heard } }: { readonly inquiry: Inquiry }) {
  const parts = [reach, message ? staffWords.way.mayLeaveMessage : staffWords.way.mayNotLeaveMessage, line.program_name, heard];
  return <>{parts.filter(Boolean).join(" · ")}</>;
}

function Link({ url }: { readonly url: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(url).then(() => setCopied(true));
  return (
    <Banner tone="calm" action={<Button onPress={copy}>{copied ? staffWords.way.copied : staffWords.way.copy}</Button>}>
      {staffWords.way.linkIs} <span class="long-word">{url}</span>
    </Banner>
  );
}

interface NextProps {
  readonly inquiry: Inquiry;
  readonly onTaken: (answer: Inquiry | PlannedIntake) => void;
}

function Next({ inquiry, onTaken }: NextProps) {
  const { me } = useOffice();
  const open = inquiry.possible.filter((kind) => may(me, neededFor(kind)));
  const [kind, setKind] = useState<StepKind | null>(null);
  const usual = USUAL[inquiry.line.state];
  const chosen = kind ?? (open.includes(usual) ? usual : open[0]) ?? null;
  return (
    <section class="card stack" aria-label={staffWords.way.next}>
      {inquiry.enrolment !== null && inquiry.person !== null && (
        <p>{staffWords.way.decided} <a href={enrolmentsPath(inquiry.person)}>{staffWords.way.toClient}</a></p>
      )}
      {open.length > 1 && (
        <RadioField
          label={staffWords.way.next} required value={chosen} onChoose={setKind}
          choices={open.map((value) => ({ value, label: staffWords.way.todo[value] }))}
        />
      )}
      {chosen !== null && <StepForm key={chosen} kind={chosen} inquiry={inquiry} onTaken={onTaken} />}
    </section>
  );
}

function StepLine({ step, inquiry }: { readonly step: StepView; readonly inquiry: Inquiry }) {
  const { way } = staffWords;
  const reason = step.codes["reason"];
  const reasons: Readonly<Record<string, string>> = { ...way.referralReasons, ...way.declineReasons };
  return (
    <div class="stack-tight">
      <p>
        <strong>{way.steps[step.kind]}</strong>, {dayOf(step.on)}
        {step.by_name !== null && <span class="soft"> · {way.by(step.by_name)}</span>}
      </p>
      {reason !== undefined && reason !== "" && <p>{said(reasons, reason)}</p>}
      {step.said?.to && <p>{way.to}: {step.said.to}</p>}
      {step.said?.level && <Level step={step} inquiry={inquiry} />}
      {step.said?.text && <p class="way-said">{step.said.text}</p>}
    </div>
  );
}

function Level({ step, inquiry }: { readonly step: StepView; readonly inquiry: Inquiry }) {
  const { way } = staffWords;
  const level = step.said?.level;
  if (!level) return null;
  const nameOf = (code: string) => inquiry.questions.find((each) => each.code === code)?.text || said(way.questions, code);
  const names = way.dimensions[level.edition];
  return (
    <>
      <ul class="bullets">
        {(step.said?.answers ?? []).map((each) => (
          <li key={each.question}>
            {nameOf(each.question)} {way.answers[each.answer]}{each.reason && `: ${each.reason}`}
          </li>
        ))}
      </ul>
      <p>
        {way.editions[level.edition]} · {way.recommended} {level.recommended} · {way.placed} {level.placed}
        {level.difference && ` · ${level.difference}`}
      </p>
      {Object.keys(level.ratings).length > 0 && (
        <p class="soft">{Object.entries(level.ratings).map(([dimension, rating]) => `${names[Number(dimension) - 1] ?? dimension}: ${rating}`).join(" · ")}</p>
      )}
    </>
  );
}
