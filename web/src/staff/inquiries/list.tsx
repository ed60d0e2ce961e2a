import { useState } from "preact/hooks";
import { dayOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { Clock, Filling, InquiryLine, InquiryList as Listed, InquiryState } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { inquiryPath } from "../router.ts";
import { wayApi } from "../way/api.ts";
import { clockSaid, momentOf, said } from "../way/words.ts";
import "../way/way.css";

interface Filters {
  readonly state: InquiryState | "";
  readonly program: string;
}

function filtersOfAddress(): Filters {
  const query = new URLSearchParams(location.search);
  const state = query.get("state") ?? "";
  return { state: state in staffWords.way.states ? (state as InquiryState) : "", program: query.get("program") ?? "" };
}

/** People who ask, by state, with the clocks that run; the address carries the filters. */
export function InquiryList() {
  const { me } = useOffice();
  const [filters, setFilters] = useState(filtersOfAddress);
  const [loaded, again] = useLoaded(`inquiries ${filters.state} ${filters.program}`, () => wayApi.inquiries(filters.state, filters.program), { whenSeen: true });
  const change = (changed: Partial<Filters>) => {
    const next = { ...filters, ...changed };
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== "")).toString();
    history.replaceState(null, "", query === "" ? "/inquiries" : `/inquiries?${query}`);
    setFilters(next);
  };
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const add = may(me, "intake.work") && (
    <a class="button main" href="/inquiries/new">
      {staffWords.way.newInquiry}
    </a>
  );
  return (
    <div class="stack">
      <PageHead title={staffWords.way.inquiries} lead={staffWords.way.inquiriesLead} actions={add} />
      <Choices filters={filters} counts={loaded.is === "there" ? loaded.value.counts : {}} onChange={change} />
      {loaded.is === "there" && loaded.value.filling.map((each) => <Nearly key={each.program} filling={each} />)}
      {loaded.is === "loading" ? <Wait>{staffWords.way.fetching}</Wait> : <Lines lines={loaded.value.items} />}
    </div>
  );
}

/** A nearly full program, with the day by which clinics with a block grant report it. */
function Nearly({ filling }: { readonly filling: Filling }) {
  const { program_name: name, clients, capacity, reached_on: reached, report_by: by, overdue } = filling;
  const { way } = staffWords;
  return (
    <Banner tone={overdue ? "calm" : "warn"}>
      <strong>{way.nearlyFull(name, clients, capacity)}</strong> {overdue ? way.reportWasDue(dayOf(reached), dayOf(by)) : way.reportDue(dayOf(reached), dayOf(by))}
    </Banner>
  );
}

interface ChoicesProps {
  readonly filters: Filters;
  readonly counts: Listed["counts"];
  readonly onChange: (changed: Partial<Filters>) => void;
}

function Choices({ filters, counts, onChange }: ChoicesProps) {
  const [programs] = useLoaded("programs", wayApi.programs);
  const states = (Object.keys(staffWords.way.states) as InquiryState[]).map((state) => ({
    value: state, label: staffWords.way.counted(staffWords.way.states[state], counts[state] ?? 0),
  }));
  const known = programs.is === "there" ? programs.value.map(({ id, name }) => ({ value: id, label: name })) : [];
  return (
    <div class="row">
      <SelectField
        label={staffWords.way.show} required value={filters.state}
        choices={[{ value: "", label: staffWords.way.undecided }, ...states]} onChoose={(state) => onChange({ state })}
      />
      <SelectField
        label={staffWords.way.program} required value={filters.program}
        choices={[{ value: "", label: staffWords.way.allPrograms }, ...known]} onChoose={(program) => onChange({ program })}
      />
    </div>
  );
}

function Lines({ lines }: { readonly lines: ReadonlyArray<InquiryLine> }) {
  if (lines.length === 0) return <p class="card" role="status">{staffWords.way.none}</p>;
  return <Table caption={staffWords.way.inquiries} unseenCaption columns={columns()} rows={lines} keyOf={({ id }) => id} />;
}

const columns = (): readonly Column<InquiryLine>[] => [
  { name: "name", label: staffWords.way.name, cell: ({ id, name }) => <a class="way-name" href={inquiryPath(id)}><bdi>{name}</bdi></a> },
  { name: "state", label: staffWords.way.state, cell: StateOf },
  { name: "due", label: staffWords.way.due, cell: ({ clocks }) => <Clocks clocks={clocks.filter(({ met }) => !met).slice(0, 2)} /> },
  { name: "program", label: staffWords.way.program, cell: ({ program_name: name }) => name },
  { name: "asked", label: staffWords.way.asked, cell: ({ asked_at: at }) => momentOf(at) },
];

export function StateOf({ state, place, urgencies, priorities }: InquiryLine) {
  return (
    <div class="row">
      <span class={`badge ${state === "waiting" ? "calm" : ""}`}>{staffWords.way.states[state]}</span>
      {place !== null && <span class="badge count">{staffWords.way.place(place)}</span>}
      {priorities.map((code) => <span key={code} class="small soft">{said(staffWords.way.priorities, code)}</span>)}
      {urgencies.map((code) => <span key={code} class="badge warn">{said(staffWords.way.urgencies, code)}</span>)}
    </div>
  );
}

export function Clocks({ clocks }: { readonly clocks: ReadonlyArray<Clock> }) {
  if (clocks.length === 0) return null;
  return (
    <ul class="clock-list">
      {clocks.map((each) => (
        <li key={each.code}>{each.overdue ? <span class="way-overdue">{clockSaid(each)}</span> : clockSaid(each)}</li>
      ))}
    </ul>
  );
}
