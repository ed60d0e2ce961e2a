import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { useForm } from "../../wire/form.ts";
import { accessApi } from "./api.ts";
import { takeSecret } from "./link-secret.ts";

/** Sets a new password, by the link of a message. */
export function Reset() {
  const [secret] = useState(takeSecret);
  const [done, setDone] = useState(false);
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.access.forgotTitle} />
        {done ? (
          <>
            <Banner tone="good">{staffWords.access.resetDone}</Banner>
            <a class="button main" href="/">
              {staffWords.pages.signIn}
            </a>
          </>
        ) : secret === "" ? (
          <Banner tone="warn">{staffWords.access.resetNoLink}</Banner>
        ) : (
          <NewPassword secret={secret} onDone={() => setDone(true)} />
        )}
        {!done && <a href="/forgot">{staffWords.access.forgotSend}</a>}
      </div>
    </Page>
  );
}

function NewPassword({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  const form = useForm({
    name: "reset",
    blank: { password: "" },
    unkept: ["password"],
    send: async ({ password }) => {
      await accessApi.resetPassword({ link: secret, password });
      onDone();
    },
  });
  const wrong = form.trouble?.field === "password";
  return (
    <form class="card stack" onSubmit={form.submit}>
      <p>{staffWords.access.resetLead}</p>
      {!wrong && <FormTrouble trouble={form.trouble} />}
      <PasswordField
        label={staffWords.access.newPassword}
        help={staffWords.access.newPasswordHelp}
        error={wrong ? form.trouble?.sentence : null}
        autocomplete="new-password"
        required
        value={form.values.password}
        onInput={(password) => form.set({ password })}
      />
      <Button type="submit" kind="main" wide busy={form.busy} busyWords={staffWords.access.checking}>
        {staffWords.access.resetSave}
      </Button>
    </form>
  );
}
