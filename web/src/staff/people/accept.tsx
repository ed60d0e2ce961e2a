import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Page } from "../../ui/page.tsx";
import { kept } from "../../storage.ts";
import type { StaffInvitation } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { at, useRefused } from "../clients/refused.ts";
import { providerApi } from "../provider/api.ts";
import { LeaveButton } from "../provider/leave-button.tsx";
import { go } from "../router.ts";
import { rolesSaid } from "./words.ts";

const invitation = kept<string>(() => sessionStorage, "vesper.invitation");

/** The link's secret, moved from the address into the tab, so that nobody sees or copies it. */
function takeSecret(): string {
  const secret = location.hash.slice(1);
  if (secret === "") return invitation.read() ?? "";
  history.replaceState(null, "", location.pathname);
  invitation.keep(secret);
  return secret;
}

/** Where an invitation leads: which clinic and which roles, then one's name and password. */
export function Accept() {
  const [link] = useState(takeSecret);
  const [loaded, again] = useLoaded("invitation", () => api.openInvitation({ link }));
  return (
    <Page width="narrow">
      {loaded.is === "loading" && <Wait>{staffWords.pages.opening}</Wait>}
      {loaded.is === "there" && <Join link={link} invited={loaded.value} />}
      {loaded.is === "failed" && (
        <div class="stack">
          <Heading title={staffWords.people.invitationOver} />
          <Banner tone="bad">{loaded.sentence}</Banner>
          <div class="row">
            <Button kind="main" onPress={again}>
              {staffWords.common.tryAgain}
            </Button>
            <a class="button" href="/">
              {staffWords.pages.signIn}
            </a>
          </div>
        </div>
      )}
    </Page>
  );
}

function Join({ link, invited }: { readonly link: string; readonly invited: StaffInvitation }) {
  const form = useForm({
    name: "accept",
    blank: { name: invited.name, password: "" },
    unkept: ["name", "password"],
    send: async ({ name, password }) => {
      await api.acceptInvitation({ link, name, password });
      invitation.forget();
      // Whoever has a second factor to add learns so from the sign-in.
      await api.signIn({ email: invited.email, password }).catch(() => null);
      go("/");
    },
  });
  const elsewhere = useRefused(form.trouble);
  return (
    <div class="stack">
      <Heading title={staffWords.people.welcome(invited.clinic_name)} />
      <p class="soft">{staffWords.people.invitedAs(rolesSaid(invited))}</p>
      {invited.provider !== null && (
        <>
          <LeaveButton main label={invited.provider} ask={() => providerApi.byInvitation(link)} />
          <p class="soft">{staffWords.provider.orPassword}</p>
        </>
      )}
      <form class="card stack" onSubmit={form.submit} noValidate>
        <FormTrouble trouble={elsewhere} />
        <TextField
          label={staffWords.people.yourName}
          help={staffWords.people.yourNameHelp}
          autocomplete="name"
          required
          value={form.values.name}
          {...at(form.trouble, "$.name")}
          onInput={(name) => form.set({ name })}
        />
        <TextField type="email" label={staffWords.people.signsInWith} autocomplete="username" required disabled value={invited.email} onInput={() => undefined} />
        <PasswordField
          label={staffWords.people.choosePassword}
          help={staffWords.people.passwordHelp}
          autocomplete="new-password"
          required
          value={form.values.password}
          {...at(form.trouble, "$.password")}
          onInput={(password) => form.set({ password })}
        />
        <Button type="submit" kind="main" wide busy={form.busy}>
          {staffWords.people.startWork}
        </Button>
      </form>
    </div>
  );
}
