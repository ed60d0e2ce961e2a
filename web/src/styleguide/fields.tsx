import { useState } from "preact/hooks";
import { Button } from "../ui/forms/button.tsx";
import { CheckField, RadioField, SelectField } from "../ui/forms/choices.tsx";
import { Combobox } from "../ui/search/combobox.tsx";
import { ErrorsSummary, type FormError } from "../ui/forms/errors-summary.tsx";
import type { Find } from "../ui/search/found.ts";
import { matching, type Option } from "../ui/search/matching.ts";
import { PasswordField } from "../ui/forms/password-field.tsx";
import { LongTextField, TextField } from "../ui/forms/text-field.tsx";
import { PEOPLE } from "./people.ts";

const ANSWER_MS = 700;
const OPTIONS: readonly Option[] = PEOPLE.map(({ name, group }) => ({ value: name, label: name, detail: group, disabled: group === "Left" }));
const ROLES = [
  { value: "client", label: "Client", help: "Is credited with hours" },
  { value: "facilitator", label: "Facilitator", help: "Runs the room" },
  { value: "observer", label: "Observer", disabled: true },
] as const;
const NONE = () => undefined;

/** Late, like a server's answer. */
const fetched: Find = (typed) => new Promise((answer) => setTimeout(() => answer(matching(OPTIONS, typed)), ANSWER_MS));
const failing: Find = () => Promise.reject(new Error("no network"));

export function FieldsSection() {
  return (
    <>
      <LiveForm />
      <h3>At rest, disabled and wrong</h3>
      <div class="guide-grid">
        <TextField label="Name on the list" required value="Pat Morrow" onInput={NONE} />
        <TextField label="Phone" value="" placeholder="(555) 010-4477" onInput={NONE} />
        <TextField label="Clinic" required disabled value="Harbor Light Clinic" onInput={NONE} />
        <TextField label="E-mail" required value="pat@" onInput={NONE} error="An address has a part after the @." />
        <LongTextField label="Reason" help="Other staff can read it." value="" onInput={NONE} />
        <SelectField label="Role" required choices={ROLES} value={null} onChoose={NONE} error="Choose a role." />
        <SelectField label="Role, fixed" disabled choices={ROLES} value="client" onChoose={NONE} />
        <CheckField label="Send the link at once" help="By e-mail" checked disabled onChange={NONE} />
        <RadioField label="Role" required choices={ROLES} value={null} onChoose={NONE} error="Choose a role." />
      </div>
      <h3>Search as you type</h3>
      <div class="guide-grid">
        <Person label="Person" help="Type a name or a group" find={(typed) => matching(OPTIONS, typed)} />
        <Person label="Person, fetched" find={fetched} />
        <Person label="Person, no network" find={failing} />
        <Combobox label="Person, fixed" disabled chosen={OPTIONS[0] ?? null} onChoose={NONE} find={() => OPTIONS} />
      </div>
    </>
  );
}

function LiveForm() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<(typeof ROLES)[number]["value"] | null>(null);
  const [sure, setSure] = useState(false);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const errorOf = (field: string) => errors.find((each) => each.field === field)?.sentence ?? null;
  const submit = (event: Event) => {
    event.preventDefault();
    const wrong: FormError[] = [];
    if (!email.includes("@")) wrong.push({ field: "guide-email", sentence: "Enter an e-mail address, such as pat@example.org." });
    if (role === null) wrong.push({ field: "guide-role", sentence: "Choose a role." });
    if (!sure) wrong.push({ field: "guide-sure", sentence: "Confirm that the person has agreed." });
    setErrors(wrong);
  };
  return (
    <form class="card stack" noValidate onSubmit={submit} aria-label="Invite somebody">
      <ErrorsSummary errors={errors} />
      <div class="guide-grid">
        <TextField
          id="guide-email"
          label="E-mail"
          help="The invitation goes there."
          type="email"
          required
          value={email}
          onInput={setEmail}
          error={errorOf("guide-email")}
        />
        <PasswordField label="Password" autocomplete="new-password" value={password} onInput={setPassword} />
        <RadioField id="guide-role" label="Role" required choices={ROLES} value={role} onChoose={setRole} error={errorOf("guide-role")} />
        <CheckField
          id="guide-sure"
          label="The person has agreed"
          required
          checked={sure}
          onChange={setSure}
          error={errorOf("guide-sure")}
        />
      </div>
      <div class="row">
        <Button type="submit" kind="main">
          Invite
        </Button>
      </div>
    </form>
  );
}

function Person({ label, help, find }: { readonly label: string; readonly help?: string; readonly find: Find }) {
  const [chosen, setChosen] = useState<Option | null>(null);
  return <Combobox label={label} help={help} chosen={chosen} onChoose={setChosen} find={find} />;
}
