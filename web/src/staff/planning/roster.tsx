import { day, timeRange } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { ChecksField } from "../../ui/forms/checks.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { RosterPlace, Session } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { titleOf } from "../../words.ts";
import { api } from "../api.ts";
import { LicenceWarnings } from "../licences/warnings.tsx";
import { NotShown } from "../not-shown.tsx";
import { planningApi } from "./api.ts";
import { type People, peopleOf } from "./people.ts";

async function fetched(id: string) {
  const session = await api.session(id);
  return { session, people: await peopleOf(session.program) };
}

/** Who comes to one session, and who leads it. */
export function RosterPage({ session }: { readonly session: string }) {
  const [loaded, again] = useLoaded(`roster ${session}`, () => fetched(session));
  if (loaded.is === "loading") return <Wait>{staffWords.planning.fetching}</Wait>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const { session: planned, people } = loaded.value;
  const zone = { zone: planned.timezone };
  return (
    <div class="stack narrow">
      <PageHead
        title={staffWords.planning.rosterOf(titleOf(planned))} path={[{ href: "/", label: staffWords.pages.today }]}
        lead={`${day(planned.starts, zone)}, ${timeRange(planned.starts, planned.ends, zone)}`}
      />
      <LicenceWarnings warnings={planned.warnings} />
      <Roster key={planned.revision} planned={planned} people={people} onSaved={again} />
    </div>
  );
}

interface Props {
  readonly planned: Session;
  readonly people: People;
  readonly onSaved: () => void;
}

function Roster({ planned, people, onSaved }: Props) {
  const { clients, staff } = choicesOf(planned, people);
  const on = planned.roster.map(({ person }) => person);
  const form = useForm({
    name: `roster ${planned.id} ${planned.revision}`,
    blank: { staff: on.filter((person) => staff.some((each) => each.person === person)), clients: on.filter((person) => clients.some((each) => each.person === person)) },
    send: async (values) => {
      const chosen = new Set([...values.staff, ...values.clients]);
      const offered = new Set([...staff, ...clients].map(({ person }) => person));
      const others = planned.roster.filter(({ person }) => !offered.has(person)).map(({ person, role, enrolment }) => ({ person, role, enrolment }));
      const wanted = [...staff, ...clients].filter(({ person }) => chosen.has(person)).map(({ person, role, enrolment }) => ({ person, role, enrolment }));
      await planningApi.replaceRoster(planned.id, { revision: planned.revision, roster: [...wanted, ...others] });
      toast(staffWords.planning.rosterSaved);
      onSaved();
    },
  });
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={form.trouble} />
      <ChecksField label={staffWords.planning.staff} choices={shown(staff)} values={form.values.staff} onChoose={(chosen) => form.set({ staff: [...chosen] })} />
      <ChecksField label={staffWords.planning.clients} choices={shown(clients)} values={form.values.clients} onChoose={(chosen) => form.set({ clients: [...chosen] })} />
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.planning.saveRoster}</Button>
      </div>
    </form>
  );
}

type Offered = Required<RosterPlace> & { readonly name: string };

const shown = (offered: readonly Offered[]) => offered.map(({ person, name }) => ({ value: person, label: name }));

/** Who is on the roster keeps their role; others come as clients of the program, or to help the one who leads. */
function choicesOf({ roster }: Session, { clients, leaders }: People) {
  const led = roster.some(({ role }) => role === "facilitator");
  const there = (person: string) => roster.find((each) => each.person === person);
  const staff: Offered[] = leaders.map(({ id, name }) => ({ person: id, name, role: there(id)?.role ?? (led ? "co_facilitator" : "facilitator"), enrolment: null }));
  const gone = roster.filter(({ person, role }) => role === "client" && !clients.some((each) => each.person === person));
  const coming: Offered[] = clients.map(({ person, name, enrolment }) => ({ person, name, role: "client", enrolment: there(person)?.enrolment ?? enrolment }));
  return { staff, clients: [...coming, ...gone.map(({ person, name, role, enrolment }) => ({ person, name, role, enrolment }))] };
}
