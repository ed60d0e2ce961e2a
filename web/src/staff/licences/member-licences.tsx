import { useState } from "preact/hooks";
import { dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { at as now } from "../../now.ts";
import { Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { dayIn } from "../../ui/time/parse/days.ts";
import type { Licence, StaffMember } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { licencesApi } from "./api.ts";
import { LicenceForm, written } from "./licence-form.tsx";

type List = ReadonlyArray<Licence>;

interface Props {
  readonly member: StaffMember;
  /** Whether the reader writes licences. */
  readonly writes: boolean;
}

/** A member's licences: added, corrected, ended and withdrawn by whoever may. */
export function MemberLicences({ member, writes }: Props) {
  const [loaded, again] = useLoaded(`licences ${member.id}`, () => licencesApi.of(member.id));
  const [changed, setChanged] = useState<List | null>(null);
  const [open, setOpen] = useState<Licence | "new" | null>(null);
  const list = changed ?? (loaded.is === "there" ? loaded.value : null);
  const done = (after: List) => {
    setChanged(after);
    setOpen(null);
  };
  return (
    <section class="card stack" aria-labelledby="licences">
      <h2 id="licences">{staffWords.licences.title}</h2>
      {loaded.is === "loading" && <Wait>{staffWords.licences.fetching}</Wait>}
      {loaded.is === "failed" && <Failed sentence={loaded.sentence} onAgain={again} />}
      {list?.length === 0 && <p class="soft">{staffWords.licences.none}</p>}
      {list !== null && list.length > 0 && (
        <ul class="stack">
          {list.map((one) => (
            <li key={one.id} class="stack-tight">
              <Said licence={one} />
              {writes && <Writes licence={one} member={member} open={open === one} onOpen={setOpen} onChanged={done} />}
            </li>
          ))}
        </ul>
      )}
      {writes && list !== null && <Add member={member} open={open} onOpen={setOpen} onChanged={done} />}
    </section>
  );
}

interface WritesProps {
  readonly member: StaffMember;
  readonly onOpen: (open: Licence | "new" | null) => void;
  readonly onChanged: (list: List) => void;
}

function Add({ member, open, onOpen, onChanged }: WritesProps & { readonly open: Licence | "new" | null }) {
  if (open === "new") return <LicenceForm member={member} licence={null} onDone={onChanged} onCancel={() => onOpen(null)} />;
  if (open !== null) return null;
  return (
    <div>
      <Button onPress={() => onOpen("new")}>{staffWords.licences.add}</Button>
    </div>
  );
}

function Writes({ licence, member, open, onOpen, onChanged }: WritesProps & { readonly licence: Licence; readonly open: boolean }) {
  if (open) return <LicenceForm member={member} licence={licence} onDone={onChanged} onCancel={() => onOpen(null)} />;
  return <Actions licence={licence} member={member} onChanged={onChanged} onCorrect={() => onOpen(licence)} />;
}

function Said({ licence }: { readonly licence: Licence }) {
  const today = dayIn(now());
  const over = licence.to_on !== null && licence.to_on < today;
  const days = licence.to_on === null ? staffWords.licences.since(dateOf(licence.from_on)) : `${dateOf(licence.from_on)} – ${dateOf(licence.to_on)}`;
  return (
    <p>
      <strong>{staffWords.licences.kinds[licence.kind]}</strong>, {licence.state} {licence.number}{" "}
      {over && <span class="badge warn">{staffWords.licences.over}</span>}
      {licence.from_on > today && <span class="badge">{staffWords.licences.toCome}</span>}
      <br />
      <span class="small soft">{[days, ...(licence.npi === null ? [] : [staffWords.licences.npiOf(licence.npi)])].join(" · ")}</span>
    </p>
  );
}

interface ActionProps {
  readonly licence: Licence;
  readonly member: StaffMember;
  readonly onChanged: (list: List) => void;
  readonly onCorrect: () => void;
}

function Actions({ licence, member, onChanged, onCorrect }: ActionProps) {
  const today = dayIn(now());
  const act = async (sentence: string, change: () => Promise<List>, undo: (after: List) => Promise<List>) => {
    try {
      const after = await change();
      onChanged(after);
      toast(sentence, async () => onChanged(await undo(after)));
    } catch (error) {
      toast(sentenceOf(error));
    }
  };
  const same = (after: List) => after.find(({ kind, number, from_on }) => kind === licence.kind && number === licence.number && from_on === licence.from_on);
  const end = () =>
    act(
      staffWords.licences.ended,
      () => licencesApi.correct(licence.id, { ...written(licence), to_on: today }),
      (after) => licencesApi.correct(same(after)?.id ?? licence.id, written(licence)),
    );
  const withdraw = () =>
    act(
      staffWords.licences.withdrawn,
      () => licencesApi.withdraw(licence.id),
      () => licencesApi.add(member.id, written(licence)),
    );
  const which = <span class="unseen"> {staffWords.licences.kinds[licence.kind]} {licence.number}</span>;
  const endable = licence.from_on <= today && (licence.to_on === null || licence.to_on > today);
  return (
    <div class="row">
      <Button kind="plain" onPress={onCorrect}>{staffWords.licences.correct}{which}</Button>
      {endable && <Button kind="plain" onPress={() => void end()}>{staffWords.licences.endToday}{which}</Button>}
      <Button kind="plain" onPress={() => void withdraw()}>{staffWords.licences.withdraw}{which}</Button>
    </div>
  );
}
