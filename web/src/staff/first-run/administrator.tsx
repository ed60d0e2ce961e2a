import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { CheckField } from "../../ui/forms/choices.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { useForm } from "../../wire/form.ts";
import { api } from "../api.ts";
import { useWrong } from "../programs/wrong.ts";
import { go } from "../router.ts";
import { calls } from "./calls.ts";
import { stepPath } from "./steps.ts";

interface Props {
  readonly link: string;
  readonly clinic: string;
  readonly onSpent: () => void;
}

/** Makes the first administrator, who is signed in from then on. */
export function BeginAsAdministrator({ link, clinic, onSpent }: Props) {
  const form = useForm({
    name: "first-administrator",
    blank: { name: "", email: "", password: "", leads_groups: false },
    unkept: ["name", "email", "password"],
    send: async (values) => {
      const email = values.email.trim();
      await calls.beAdministrator({ ...values, link, email });
      await api.signIn({ email, password: values.password }).catch(() => null);
      onSpent();
      go(stepPath("second-step"));
    },
  });
  const { at, rest } = useWrong("first-run", ["name", "email", "password"], form.trouble);
  const { values } = form;
  return (
    <div class="stack">
      <Heading title={staffWords.firstRun.welcome(clinic)} />
      <p class="soft">{staffWords.firstRun.welcomeLead}</p>
      <form class="card stack" onSubmit={form.submit} noValidate>
        <FormTrouble trouble={rest} />
        <TextField {...at("name")} label={staffWords.people.yourName} help={staffWords.people.yourNameHelp} autocomplete="name" required value={values.name} onInput={(name) => form.set({ name })} />
        <TextField {...at("email")} type="email" label={staffWords.firstRun.yourEmail} help={staffWords.firstRun.yourEmailHelp} autocomplete="username" required value={values.email} onInput={(email) => form.set({ email })} />
        <PasswordField {...at("password")} label={staffWords.people.choosePassword} help={staffWords.people.passwordHelp} autocomplete="new-password" required value={values.password} onInput={(password) => form.set({ password })} />
        <CheckField label={staffWords.firstRun.leadsToo} help={staffWords.firstRun.leadsTooHelp} checked={values.leads_groups} onChange={(leads_groups) => form.set({ leads_groups })} />
        <Button type="submit" kind="main" wide busy={form.busy}>
          {staffWords.firstRun.begin}
        </Button>
      </form>
    </div>
  );
}
