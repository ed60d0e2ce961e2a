import { useState } from "preact/hooks";
import { dateOf, hms, inWords, shortDay } from "../../../format.ts";
import { staffWords } from "../../../messages/words.ts";
import { Wait } from "../../../ui/banner.tsx";
import { Bars } from "../../../ui/charts/bars.tsx";
import { SelectField } from "../../../ui/forms/choices.tsx";
import type { ClientWeek, ProgramHours } from "../../../wire/api.gen.ts";
import { useLoaded } from "../../../wire/loaded.ts";
import { NotShown } from "../../not-shown.tsx";
import { clientsApi } from "../api.ts";
import type { TabProps } from "../tabs.ts";

/** The client's last weeks against what their phase required, program by program. */
export function HoursPart({ client }: TabProps) {
  const [loaded, again] = useLoaded(`hours ${client.id}`, () => clientsApi.hours(client.id));
  const [asked, setAsked] = useState<string | null>(null);
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.clientParts.hours.fetching}</Wait>;
  const { programs } = loaded.value;
  const shown = programs.find(({ program }) => program === asked) ?? programs.at(-1);
  if (shown === undefined) return <p class="card">{staffWords.clientParts.hours.nowhere}</p>;
  return (
    <div class="stack">
      {programs.length > 1 && (
        <SelectField
          label={staffWords.clients.program}
          required
          value={shown.program}
          choices={programs.map(({ program, program_name }) => ({ value: program, label: program_name }))}
          onChoose={setAsked}
        />
      )}
      <Weeks hours={shown} />
    </div>
  );
}

function Weeks({ hours: { program_name, weeks } }: { readonly hours: ProgramHours }) {
  const current = weeks.at(-1);
  if (current === undefined) return null;
  const target = current.required_s;
  return (
    <section class="card stack" aria-label={program_name}>
      <p class="lead">{against(current)}</p>
      <Bars
        title={program_name}
        of={staffWords.clientParts.hours.week}
        unit={staffWords.clientParts.hours.counted}
        bars={weeks.map((week) => ({ label: staffWords.clientParts.hours.weekOf(dateOf(week.first_day)), short: shortDay(week.first_day), value: week.credited_s }))}
        write={hms}
        {...(target !== null && { target })}
        summary={against(current)}
      />
      <p class="small soft">{staffWords.clientParts.hours.means}</p>
    </section>
  );
}

function against({ credited_s, required_s, days, required_days }: ClientWeek): string {
  const soFar = inWords(credited_s);
  if (required_s === null) return staffWords.clientParts.hours.thisWeek(soFar);
  const said = staffWords.clientParts.hours.thisWeekOf(soFar, inWords(required_s));
  return required_days === null ? said : `${said} · ${staffWords.clientParts.hours.days(days, required_days)}`;
}
