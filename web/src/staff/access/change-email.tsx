import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { useForm } from "../../wire/form.ts";
import { at, useRefused } from "../clients/refused.ts";
import { accessApi } from "./api.ts";

/** Asks for a link to another address to sign in with. */
export function ChangeEmail() {
  const [sent, setSent] = useState(false);
  const form = useForm({
    name: "change-email",
    blank: { email: "", password: "" },
    unkept: ["email", "password"],
    send: async ({ email, password }) => {
      setSent(false);
      await accessApi.changeEmail({ email: email.trim(), password });
      setSent(true);
    },
  });
  const elsewhere = useRefused(form.trouble);
  return (
    <section class="stack" aria-labelledby="email">
      <h2 id="email">{staffWords.access.email}</h2>
      {sent && (
        <Banner tone="good">
          {staffWords.access.emailSent} {staffWords.access.emailSentMeans}
        </Banner>
      )}
      <form class="card stack" onSubmit={form.submit} noValidate>
        <FormTrouble trouble={elsewhere} />
        <TextField
          type="email"
          label={staffWords.access.newEmail}
          help={staffWords.access.newEmailHelp}
          autocomplete="email"
          required
          value={form.values.email}
          onInput={(email) => form.set({ email })}
          {...at(form.trouble, "$.email")}
        />
        <PasswordField
          label={staffWords.access.currentPassword}
          autocomplete="current-password"
          required
          value={form.values.password}
          onInput={(password) => form.set({ password })}
          {...at(form.trouble, "$.password")}
        />
        <div>
          <Button type="submit" busy={form.busy} busyWords={staffWords.access.checking}>
            {staffWords.access.changeEmail}
          </Button>
        </div>
      </form>
    </section>
  );
}
