import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { at } from "../../now.ts";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { LookQuery } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { whoLookedPath } from "../router.ts";
import { type Days, EVER, instantsOf, isBackwards } from "./days.ts";
import { LookList, moment } from "./who-looked.tsx";

const ANYBODY = "anybody";

/** Who looked at any record of the clinic, by member of staff and by day. */
export function WhoLookedPage() {
  return <Filtered person={null} title={staffWords.looks.title} lead={staffWords.looks.lead} />;
}

/** Who looked at one person's record: also a page to print for that person, who may ask for it. */
export function WhoLookedAtPage({ person }: { readonly person: string }) {
  const [name, setName] = useState<string | null>(null);
  const title = name === null ? staffWords.looks.title : staffWords.looks.titleOf(name);
  const lead = (
    <>
      {staffWords.looks.leadOf} <span class="no-print">{staffWords.looks.onRequest}</span>
    </>
  );
  return <Filtered key={person} person={person} title={title} lead={lead} onPerson={setName} />;
}

interface Props {
  readonly person: string | null;
  readonly title: string;
  readonly lead: ComponentChildren;
  readonly onPerson?: (name: string) => void;
}

function Filtered({ person, title, lead, onPerson }: Props) {
  const [actor, setActor] = useState(ANYBODY);
  const [days, setDays] = useState<Days>(EVER);
  const usable = isBackwards(days) ? { ...days, to: null } : days;
  const asked: LookQuery = {
    ...(person === null ? {} : { person }),
    ...(actor === ANYBODY ? {} : { actor }),
    ...instantsOf(usable),
  };
  const path = person === null ? [] : [{ href: whoLookedPath(), label: staffWords.looks.title }];
  return (
    <div class="stack">
      <PageHead title={title} lead={lead} path={path} actions={<Button onPress={() => print()}>{staffWords.looks.print}</Button>} />
      <Filters actor={actor} onActor={setActor} days={days} onDays={setDays} />
      <LookList asked={asked} {...(onPerson === undefined ? {} : { onPerson })} />
      <p class="only-print small">{staffWords.looks.printed(moment(at()))}</p>
    </div>
  );
}

interface FilterProps {
  readonly actor: string;
  readonly onActor: (actor: string) => void;
  readonly days: Days;
  readonly onDays: (days: Days) => void;
}

function Filters({ actor, onActor, days, onDays }: FilterProps) {
  const [staff] = useLoaded("staff", api.staff);
  const people = staff.is === "there" ? staff.value.map(({ id, name }) => ({ value: id, label: name })) : [];
  return (
    <fieldset class="card answers no-print">
      <legend class="unseen">{staffWords.looks.filters}</legend>
      <div class="row">
        <SelectField
          label={staffWords.looks.by}
          help={staffWords.looks.byHelp}
          choices={[{ value: ANYBODY, label: staffWords.looks.anybody }, ...people]}
          value={actor}
          onChoose={onActor}
        />
        <DateField label={staffWords.looks.from} help={staffWords.looks.dayHelp} leaning="past" value={days.from} onChange={(from) => onDays({ ...days, from })} />
        <DateField
          label={staffWords.looks.to}
          help={staffWords.looks.dayHelp}
          leaning="past"
          value={days.to}
          onChange={(to) => onDays({ ...days, to })}
          {...(isBackwards(days) ? { error: staffWords.looks.backwards } : {})}
        />
      </div>
    </fieldset>
  );
}
