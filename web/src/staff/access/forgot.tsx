import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { useForm } from "../../wire/form.ts";
import { accessApi } from "./api.ts";

/** Asks for a link that sets a new password. It says the same whether or not the address is known. */
export function Forgot() {
  const [sent, setSent] = useState(false);
  const form = useForm({
    name: "forgot",
    blank: { email: "" },
    unkept: ["email"],
    send: async ({ email }) => {
      await accessApi.askForReset(email.trim());
      setSent(true);
    },
  });
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.access.forgotTitle} />
        {sent ? (
          <div class="card stack">
            <Banner tone="good">{staffWords.access.forgotSent}</Banner>
            <p>{staffWords.access.forgotSentMeans}</p>
          </div>
        ) : (
          <form class="card stack" onSubmit={form.submit}>
            <p>{staffWords.access.forgotLead}</p>
            <FormTrouble trouble={form.trouble} />
            <TextField
              label={staffWords.pages.email}
              type="email"
              autocomplete="username"
              required
              value={form.values.email}
              onInput={(email) => form.set({ email })}
            />
            <Button type="submit" kind="main" wide busy={form.busy} busyWords={staffWords.access.checking}>
              {staffWords.access.forgotSend}
            </Button>
          </form>
        )}
        <a href="/">{staffWords.access.backToSignIn}</a>
      </div>
    </Page>
  );
}
