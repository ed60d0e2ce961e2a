import { staffWords } from "../../messages/words.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { useForm } from "../../wire/form.ts";
import { api } from "../api.ts";
import { at, useRefused } from "../clients/refused.ts";
import { go, staffPath } from "../router.ts";
import { asked, type Roles, RolesField } from "./roles-field.tsx";

interface Values extends Roles {
  readonly name: string;
  readonly email: string;
}

const BLANK: Values = { name: "", email: "", roles: [], auditor_until: null };

/** Invite somebody to work here. */
export function Invite() {
  const form = useForm<Values>({
    name: "invite",
    blank: BLANK,
    unkept: ["name", "email"],
    send: async (values) => {
      const made = await api.invite({ name: values.name, email: values.email.trim(), ...asked(values) });
      toast(staffWords.people.invited(made.name));
      go(staffPath(made.id));
    },
  });
  const elsewhere = useRefused(form.trouble);
  return (
    <div class="stack narrow">
      <PageHead title={staffWords.people.invite} lead={staffWords.people.inviteMeans} path={[{ href: "/staff", label: staffWords.people.title }]} />
      <form class="card stack" onSubmit={form.submit} noValidate>
        <FormTrouble trouble={elsewhere} />
        <TextField label={staffWords.people.name} required value={form.values.name} {...at(form.trouble, "$.name")} onInput={(name) => form.set({ name })} />
        <TextField
          type="email"
          label={staffWords.people.email}
          help={staffWords.people.emailHelp}
          required
          value={form.values.email}
          {...at(form.trouble, "$.email")}
          onInput={(email) => form.set({ email })}
        />
        <RolesField value={form.values} onChange={form.set} trouble={form.trouble} />
        <div class="row">
          <Button type="submit" kind="main" busy={form.busy}>
            {staffWords.people.sendInvitation}
          </Button>
          <a class="button" href="/staff">
            {staffWords.common.cancel}
          </a>
        </div>
      </form>
    </div>
  );
}
