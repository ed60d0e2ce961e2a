import { day, dayOf, inWords } from "../../format.ts";
import { words } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import type { MyAttendedSession, MyHours, MyWeek } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { RequestRefused } from "../../wire/request.ts";
import { kindWord } from "../../words.ts";
import { api } from "../api.ts";
import { ChangeAddress } from "./change-address.tsx";
import { ConfirmIdentity } from "./confirm-identity.tsx";
import { MyCopy } from "./my-copy.tsx";
import "./hours.css";

interface Props {
  readonly link: string;
  readonly onBack: () => void;
}

/** A client's own hours. A browser that is not known to be theirs asks for a code first. */
export function MyHoursPage({ link, onBack }: Props) {
  const [loaded, again] = useLoaded("my-hours", () => api.myHours(link), { whenSeen: true });
  return (
    <Page width="narrow">
      <div class="stack">
        {loaded.is === "loading" && <Wait>{words.hours.fetching}</Wait>}
        {loaded.is === "there" && <Hours hours={loaded.value} link={link} />}
        {loaded.is === "failed" && (needsCode(loaded.error) ? <ConfirmIdentity link={link} onConfirmed={again} /> : <Failed sentence={loaded.sentence} again={again} />)}
        <div>
          <button type="button" class="button" onClick={onBack}>
            {words.hours.back}
          </button>
        </div>
      </div>
    </Page>
  );
}

export const needsCode = (error: unknown): boolean => error instanceof RequestRefused && error.code === "identity_needed";

export function Failed({ sentence, again }: { readonly sentence: string; readonly again: () => void }) {
  return (
    <>
      <Heading title={words.common.justAMoment} />
      <Banner tone="bad">{sentence}</Banner>
      <div>
        <button type="button" class="button main" onClick={again}>
          {words.common.tryAgain}
        </button>
      </div>
    </>
  );
}

function Hours({ hours: { program_name, phase_name, weeks }, link }: { readonly hours: MyHours; readonly link: string }) {
  const [current, ...earlier] = weeks;
  return (
    <>
      <div class="stack-tight">
        <Heading title={words.hours.title} />
        <p class="soft">{[program_name, phase_name].filter(Boolean).join(" · ")}</p>
      </div>
      {current !== undefined && <Week week={current} title={words.hours.thisWeek} empty={words.hours.noSessionYet} />}
      <p class="small soft">{words.hours.counts}</p>
      {earlier.filter(isTheirs).map((week) => (
        <Week key={week.first_day} week={week} title={words.hours.weekFrom(dayOf(week.first_day))} empty={words.hours.noSession} />
      ))}
      <MyCopy link={link} />
      <ChangeAddress link={link} />
    </>
  );
}

/** Weeks before a client came are not shown: nothing was asked of them, and nothing took place. */
const isTheirs = (week: MyWeek): boolean => week.required_s !== null || week.sessions.length > 0;

function Week({ week, title, empty }: { readonly week: MyWeek; readonly title: string; readonly empty: string }) {
  return (
    <section class="card stack" aria-label={title}>
      <h2>{title}</h2>
      <Against week={week} />
      {week.sessions.length === 0 ? (
        <p class="soft">{empty}</p>
      ) : (
        <ul class="attended">
          {week.sessions.map((session) => (
            <Attended key={session.id} session={session} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What counts so far; against what the phase requires, where it does. */
function Against({ week: { credited_s, days, required_s, required_days } }: { readonly week: MyWeek }) {
  const soFar = credited_s === 0 ? words.hours.nothing : inWords(credited_s);
  if (required_s === null) return <p class="hours-so-far">{soFar}</p>;
  const said = words.hours.of(soFar, inWords(required_s));
  return (
    <div class="stack-tight">
      <p class="hours-so-far">{said}</p>
      <progress class="hours-bar" aria-label={said} value={Math.min(credited_s, required_s)} max={Math.max(required_s, 1)} />
      {required_days !== null && <p class="soft">{words.hours.days(days, required_days)}</p>}
    </div>
  );
}

function Attended({ session: { title, kind, starts, timezone, credited_s } }: { readonly session: MyAttendedSession }) {
  return (
    <li>
      <span>
        {title || kindWord(kind)}
        <br />
        <span class="small soft">{day(starts, { zone: timezone })}</span>
      </span>
      <span class="hours-credit">{inWords(credited_s)}</span>
    </li>
  );
}
