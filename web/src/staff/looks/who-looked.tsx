import { useEffect, useState } from "preact/hooks";
import { locale, staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { Instant, Look, LookQuery, Looks } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";
import type { TabProps } from "../clients/tabs.ts";
import { whoLookedPath } from "../router.ts";

/** Who looked at one person's record: a part of the person's page. */
export function WhoLookedTab({ client }: TabProps) {
  return (
    <section class="stack" aria-label={staffWords.looks.title}>
      <p>
        {staffWords.looks.leadOf} <a href={whoLookedPath(client.id)}>{staffWords.looks.toPrint}</a>
      </p>
      <LookList asked={{ person: client.id }} />
    </section>
  );
}

/** Looks, newest first; older ones are fetched on request. Another question begins again. */
export function LookList({ asked, onPerson }: { readonly asked: LookQuery; readonly onPerson?: (name: string) => void }) {
  const key = JSON.stringify(asked);
  const [loaded, again] = useLoaded(`looks ${key}`, () => api.whoLooked(asked));
  const name = loaded.is === "there" ? loaded.value.person?.name : null;
  useEffect(() => {
    if (name) onPerson?.(name);
  }, [name]);
  if (loaded.is === "loading") return <Wait>{staffWords.looks.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  if (loaded.value.items.length === 0) return <p class="card">{staffWords.looks.nobody}</p>;
  return <Pages key={`${key} ${loaded.at}`} asked={asked} first={loaded.value} />;
}

function Pages({ asked, first }: { readonly asked: LookQuery; readonly first: Looks }) {
  const [pages, setPages] = useState<readonly Looks[]>([first]);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const items = pages.flatMap((page) => page.items);
  const next = pages.at(-1)?.next ?? null;
  const older = async () => {
    if (next === null) return;
    setBusy(true);
    setTrouble(null);
    try {
      const page = await api.whoLooked({ ...asked, after: Number(next) });
      setPages((before) => [...before, page]);
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <div class="stack">
      <Table caption={staffWords.looks.table} unseenCaption columns={columns(asked)} rows={items} keyOf={({ id }) => id} />
      <p class="small soft" role="status">
        {staffWords.looks.shown(items.length)} {next === null ? staffWords.looks.all : staffWords.looks.thereAreOlder}
      </p>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      {next !== null && (
        <div class="row no-print">
          <Button busy={busy} busyWords={staffWords.looks.fetchingOlder} onPress={older}>{staffWords.looks.older}</Button>
        </div>
      )}
    </div>
  );
}

function columns({ person }: LookQuery): readonly Column<Look>[] {
  const shown: readonly Column<Look>[] = [
    { name: "when", label: staffWords.looks.when, cell: ({ at }) => moment(at) },
    { name: "by", label: staffWords.looks.by, cell: nameOf },
    { name: "what", label: staffWords.looks.what, cell: ({ did, record }) => staffWords.looks.did[did](staffWords.looks.records[record]) },
  ];
  return person === undefined ? [...shown, { name: "whose", label: staffWords.looks.whose, cell: (look) => <Whose look={look} /> }] : shown;
}

/** The day with its year, and the time: what is looked up may be years old. */
export const moment = (at: Instant | number): string =>
  new Date(at).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" });

function nameOf({ by, by_program: byProgram }: Look): string {
  if (by === null) return staffWords.looks.unproved;
  if (by.name === null) return staffWords.looks.unknown;
  return byProgram ? staffWords.looks.program(by.name) : by.name;
}

function Whose({ look }: { readonly look: Look }) {
  return (
    <ul class="plain-list">
      {look.persons.map(({ id, name }) => (
        <li key={id}>
          <a href={whoLookedPath(id)}><bdi>{name}</bdi></a>
        </li>
      ))}
      {look.further > 0 && <li class="soft">{staffWords.looks.further(look.further)}</li>}
    </ul>
  );
}
