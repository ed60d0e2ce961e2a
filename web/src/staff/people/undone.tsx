import { day, timeRange } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Failed } from "../../ui/feedback/states.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Wait } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { SelectField } from "../../ui/forms/choices.tsx";
import type { LeftUndone, Session, StaffMember } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { titleOf } from "../../words.ts";
import { api } from "../api.ts";
import { attendancePath } from "../router.ts";
import { noteKindWord } from "../words.ts";

interface Left extends LeftUndone {
  readonly colleagues: ReadonlyArray<StaffMember>;
}

async function whatIsLeft(member: string): Promise<Left> {
  const [left, staff] = await Promise.all([api.leftUndone(member), api.staff()]);
  const leads = ({ id, state, roles }: StaffMember) =>
    id !== member && state === "active" && (["facilitator", "prescriber", "supervisor"] as const).some((role) => roles.includes(role));
  return { ...left, colleagues: staff.filter(leads) };
}

/** What waits for a member of staff: notes to sign, and sessions to lead, each of which a colleague can take over. */
export function Undone({ member }: { readonly member: StaffMember }) {
  const [loaded, again] = useLoaded(`undone ${member.id}`, () => whatIsLeft(member.id));
  return (
    <section class="card stack" aria-labelledby="undone">
      <h2 id="undone">{staffWords.people.undone}</h2>
      {loaded.is === "loading" && <Wait>{staffWords.people.fetchingUndone}</Wait>}
      {loaded.is === "failed" && <Failed sentence={loaded.sentence} onAgain={again} />}
      {loaded.is === "there" && <Lists left={loaded.value} member={member} again={again} />}
    </section>
  );
}

interface ListsProps {
  readonly left: Left;
  readonly member: StaffMember;
  readonly again: () => void;
}

function Lists({ left: { notes, sessions, colleagues }, member, again }: ListsProps) {
  if (notes.length === 0 && sessions.length === 0) return <p class="soft">{staffWords.people.nothingUndone}</p>;
  return (
    <>
      {notes.length > 0 && (
        <div class="stack-tight">
          <h3>{staffWords.people.unsigned(notes.length)}</h3>
          <ul class="bullets">
            {notes.map((note) => (
              <li key={`${note.session} ${note.kind}`}>
                <a href={attendancePath(note.session)}>
                  {noteKindWord(note.kind)}, {note.title || note.program_name}, {day(note.starts)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {sessions.length > 0 && (
        <div class="stack">
          <h3>{staffWords.people.toLead(sessions.length)}</h3>
          {sessions.map((session) => (
            <ToLead key={session.id} session={session} member={member} colleagues={colleagues} again={again} />
          ))}
        </div>
      )}
    </>
  );
}

interface ToLeadProps {
  readonly session: Session;
  readonly member: StaffMember;
  readonly colleagues: ReadonlyArray<StaffMember>;
  readonly again: () => void;
}

function ToLead({ session, member, colleagues, again }: ToLeadProps) {
  const form = useForm<{ to: string | null }>({
    name: `handover ${session.id}`,
    blank: { to: null },
    send: async ({ to }) => {
      const colleague = colleagues.find(({ id }) => id === to);
      if (colleague === undefined) return;
      await api.handOver(session.id, { by: member.id, to: colleague.id });
      toast(staffWords.people.handedOver(titleOf(session), colleague.name));
      again();
    },
  });
  const choices = colleagues.map(({ id, name }) => ({ value: id, label: name }));
  const others = session.roster.filter(({ person, role }) => person !== member.id && (role === "facilitator" || role === "co_facilitator"));
  const when = `${day(session.starts, { zone: session.timezone })}, ${timeRange(session.starts, session.ends, { zone: session.timezone })}`;
  return (
    <form class="undone stack-tight" onSubmit={form.submit} aria-label={`${titleOf(session)}, ${when}`}>
      <div>
        <strong>{titleOf(session)}</strong>
        <br />
        <span class="soft">
          {when}
          {others.length > 0 && ` · ${staffWords.people.alsoLead(others.map(({ name }) => name).join(", "))}`}
        </span>
        <FormTrouble trouble={form.trouble} />
      </div>
      <div class="row ends">
        <SelectField label={staffWords.people.handTo} required choices={choices} value={form.values.to} onChoose={(to) => form.set({ to })} />
        <Button type="submit" busy={form.busy} disabled={form.values.to === null}>
          {staffWords.people.handOver}
        </Button>
      </div>
    </form>
  );
}
