import { staffWords } from "../../messages/words.ts";
import type { StepProps } from "./steps.ts";

/** What an administrator does tomorrow, each with its page. */
export function DoneStep({ left }: StepProps) {
  const tomorrow = [
    { href: "/staff/invite", label: staffWords.firstRun.inviteOthers },
    { href: "/clients/new", label: staffWords.firstRun.addClients },
    { href: left.program === null ? "/programs" : `/programs/${left.program}`, label: staffWords.firstRun.readTexts },
    { href: "/clinic/sign-in", label: staffWords.firstRun.askSecondStep },
    { href: "/sessions/new", label: staffWords.firstRun.planNext },
  ];
  return (
    <div class="stack">
      <ul class="card stack-tight bullets">
        {tomorrow.map(({ href, label }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
      <div>
        <a class="button main" href="/">
          {staffWords.firstRun.toOffice}
        </a>
      </div>
    </div>
  );
}
