import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { useForm } from "../../wire/form.ts";
import { accessApi } from "./api.ts";
import { takeSecret } from "./link-secret.ts";

/** Confirms a new address, by the link of a message. It asks first: programs that look into links confirm nothing. */
export function ConfirmEmail() {
  const [secret] = useState(takeSecret);
  const [done, setDone] = useState(false);
  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.access.confirmEmail} />
        {done ? (
          <>
            <Banner tone="good">{staffWords.access.confirmEmailDone}</Banner>
            <a class="button main" href="/">
              {staffWords.pages.signIn}
            </a>
          </>
        ) : secret === "" ? (
          <Banner tone="warn">{staffWords.access.confirmEmailNoLink}</Banner>
        ) : (
          <Confirm secret={secret} onDone={() => setDone(true)} />
        )}
      </div>
    </Page>
  );
}

function Confirm({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  const form = useForm({
    name: "confirm-email",
    blank: {},
    send: async () => {
      await accessApi.confirmEmail({ link: secret });
      onDone();
    },
  });
  return (
    <form class="card stack" onSubmit={form.submit}>
      <p>{staffWords.access.confirmEmailLead}</p>
      <FormTrouble trouble={form.trouble} />
      <Button type="submit" kind="main" wide busy={form.busy} busyWords={staffWords.access.checking}>
        {staffWords.access.confirm}
      </Button>
    </form>
  );
}
