import { staffWords } from "../../messages/words.ts";
import { at as nowAt } from "../../now.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { ChecksField } from "../../ui/forms/checks.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import { dayIn } from "../../ui/time/parse/days.ts";
import { TimeField } from "../../ui/time/time-field.tsx";
import type { ClinicKind, Program, Session, SessionKind } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { RequestRefused } from "../../wire/request.ts";
import { instantOf } from "../inquiries/steps.ts";
import { calls as programCalls } from "../programs/calls.ts";
import { useWrong } from "../programs/wrong.ts";
import { planningApi } from "./api.ts";
import { kindChoices, kindChosen } from "./kinds.ts";
import { type People, peopleOf } from "./people.ts";
import { type ShapeName, shapesFor, timesOf } from "./shapes.ts";

interface Props {
  readonly program: string;
  /** Without what a first group can do without. */
  readonly brief?: boolean;
  readonly save: string;
  readonly onPlanned: (session: Session) => void;
}

/** Plans one session of a program by hand. */
export function SessionForm(props: Props) {
  const [loaded, again] = useLoaded(`planning ${props.program}`, () => fetched(props.program));
  if (loaded.is === "loading") return <Wait>{staffWords.planning.fetching}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  const [program, people, kinds] = loaded.value;
  return <Planned key={program.id} {...props} planned={program} people={people} kinds={kinds} />;
}

const fetched = (program: string) => Promise.all([programCalls.program(program), peopleOf(program), programCalls.kinds()]);

const NOBODY = "";

interface PlannedProps extends Props {
  readonly planned: Program;
  readonly people: People;
  readonly kinds: readonly ClinicKind[];
}

function Planned({ planned, people, kinds, brief = false, save, onPlanned }: PlannedProps) {
  const form = useForm({
    name: `session ${planned.id}`,
    blank: {
      title: "", kind: "group", day: dayIn(nowAt(), planned.timezone) as string | null, time: null as string | null,
      shape: "evening" as ShapeName, leader: people.leaders[0]?.id ?? null, second: NOBODY, clients: people.clients.map(({ person }) => person) as readonly string[],
    },
    unkept: ["title"],
    send: async (values) => {
      const starts = instantOf(values.day ?? "", values.time ?? "", planned.timezone);
      if (starts === "") throw missing(values.day === null ? "day" : "time");
      const chosen = people.clients.filter(({ person }) => values.clients.includes(person));
      const led = values.leader === null ? [] : [{ person: values.leader, role: "facilitator" as const }];
      const second = values.second === NOBODY || values.second === values.leader ? [] : [{ person: values.second, role: "co_facilitator" as const }];
      const clients = chosen.map(({ person, enrolment }) => ({ person, role: "client" as const, enrolment }));
      const { kind, own_kind } = kindChosen(values.kind, kinds);
      const roster = kind === "mutual_help" ? [] : [...led, ...second, ...clients];
      onPlanned(await planningApi.plan({
        program: planned.id, kind, own_kind, title: values.title.trim(), ...timesOf(shapeFor(kind, values.shape), starts, kind), roster,
      }));
    },
  });
  const { at, rest } = useWrong("plan", ["title", "kind", "day", "time", "starts"], form.trouble);
  const { values } = form;
  const { kind, own_kind } = kindChosen(values.kind, kinds);
  const kept = kind !== "mutual_help";
  const leaders = people.leaders.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      <TextField {...at("title")} label={staffWords.planning.title} help={staffWords.planning.titleHelp} value={values.title} onInput={(title) => form.set({ title })} />
      {!brief && (
        <SelectField
          {...at("kind")} label={staffWords.planning.kind} required value={own_kind ?? kind} onChoose={(chosen) => form.set({ kind: chosen })}
          choices={kindChoices(kinds)}
        />
      )}
      {!kept && <Banner tone="calm">{staffWords.planning.mutualHelp(planned.name)}</Banner>}
      <DateField {...at("day")} label={staffWords.planning.day} required zone={planned.timezone} value={values.day} onChange={(day) => form.set({ day })} />
      <TimeField {...at("time")} label={staffWords.planning.time} required value={values.time} onChange={(time) => form.set({ time })} />
      <p class="small soft">{staffWords.way.inZone(planned.timezone)}</p>
      <SelectField
        label={staffWords.planning.shape} required value={shapeFor(kind, values.shape)} onChoose={(shape) => form.set({ shape })}
        choices={shapesFor(kind).map((value) => ({ value, label: staffWords.planning.shapes[value] }))}
      />
      {kept && <SelectField label={staffWords.planning.leader} required choices={leaders} value={values.leader} onChoose={(leader) => form.set({ leader })} />}
      {kept && !brief && (
        <SelectField
          label={staffWords.planning.second} value={values.second} onChoose={(second) => form.set({ second })}
          choices={[{ value: NOBODY, label: staffWords.planning.nobody }, ...leaders]}
        />
      )}
      {kept && people.clients.length > 0 && (
        <ChecksField
          label={staffWords.planning.clients} values={values.clients} onChoose={(clients) => form.set({ clients })}
          choices={people.clients.map(({ person, name }) => ({ value: person, label: name }))}
        />
      )}
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{save}</Button>
      </div>
    </form>
  );
}

/** The chosen length, or an hour where the kind has no such parts. */
const shapeFor = (kind: SessionKind, shape: ShapeName): ShapeName => (shapesFor(kind).includes(shape) ? shape : "hour");

/** The page's own refusal of a field that is empty or unreadable, as the service would say it. */
const missing = (field: "day" | "time"): RequestRefused =>
  new RequestRefused("invalid_input", 422, staffWords.planning.missing[field], `$.${field}`);
