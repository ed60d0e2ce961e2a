import { staffWords } from "../../messages/words.ts";
import { RadioField, SelectField } from "../../ui/forms/choices.tsx";
import { DateField } from "../../ui/time/date-field.tsx";
import type { SessionChoice } from "../../wire/api.gen.ts";
import type { Form } from "../../wire/form.ts";
import { at } from "../clients/refused.ts";
import { kindsAhead, type LinkValues, sessionSaid, type Way } from "./values.ts";

interface Props {
  readonly form: Pick<Form<LinkValues>, "values" | "set" | "trouble">;
  readonly sessions: readonly SessionChoice[];
  /** Where the link stands in the request: `$.link`, or `$` when it is the whole request. */
  readonly path: string;
  readonly ways: readonly Way[];
  /** False when it is known that the guest has no address. */
  readonly byMail: boolean;
}

/** What a link opens, and how the guest gets it. */
export function LinkFields({ form: { values, set, trouble }, sessions, path, ways, byMail }: Props) {
  const words = staffWords.guests;
  const kinds = kindsAhead(sessions);
  const where = (name: string) => at(trouble, `${path}.${name}`);
  return (
    <>
      {ways.length > 1 && (
        <RadioField label={words.opens} required choices={ways.map((value) => ({ value, label: words.ways[value] }))} value={values.way} onChoose={(way) => set({ way })} />
      )}
      {values.way === "session" && (
        <SelectField
          label={words.session} help={sessions.length === 0 ? words.nothingAhead : undefined} required
          choices={sessions.map((session) => ({ value: session.id, label: sessionSaid(session) }))}
          value={values.session} onChoose={(session) => set({ session })} {...where("session")}
        />
      )}
      {values.way === "kind" && (
        <>
          <SelectField label={words.kind} required choices={kinds} value={values.kind} onChoose={(kind) => set({ kind })} {...(kinds.length === 0 && { help: words.nothingAhead })} {...where("of_kind.kind")} />
          <DateField label={words.until} required value={values.until} onChange={(until) => set({ until })} {...where("of_kind.until")} />
        </>
      )}
      {values.way !== "none" && byMail && (
        <RadioField
          label={words.passing} required value={values.passing} onChoose={(passing) => set({ passing })}
          choices={(["mail", "shown"] as const).map((value) => ({ value, label: words.passed[value], help: words.passedHelp[value] }))}
        />
      )}
    </>
  );
}
