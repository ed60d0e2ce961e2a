import { useRef, useState } from "preact/hooks";
import { staffWords } from "../messages/words.ts";
import { FormTrouble } from "../ui/form-trouble.tsx";
import { Button } from "../ui/forms/button.tsx";
import { PasswordField } from "../ui/forms/password-field.tsx";
import { TextField } from "../ui/forms/text-field.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { FactorWanted, Me } from "../wire/api.gen.ts";
import { formsBelongTo, useForm } from "../wire/form.ts";
import { SecondStep } from "./access/second-step.tsx";
import { api } from "./api.ts";
import { providerApi } from "./provider/api.ts";
import { LeaveButton } from "./provider/leave-button.tsx";
import { usedDoor } from "./provider/way.ts";

export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [wanted, setWanted] = useState<FactorWanted | null>(null);
  const welcome = (me: Me) => {
    formsBelongTo(me.person);
    onSignedIn(me);
  };
  if (wanted !== null) return <SecondStep wanted={wanted} onSignedIn={welcome} onStartOver={() => setWanted(null)} />;
  return <PasswordStep onSignedIn={welcome} onWanted={setWanted} />;
}

interface StepProps {
  readonly onSignedIn: (me: Me) => void;
  readonly onWanted: (wanted: FactorWanted) => void;
}

function PasswordStep({ onSignedIn, onWanted }: StepProps) {
  const [door] = useState(() => usedDoor.read());
  const passwordInput = useRef<HTMLInputElement>(null);
  const form = useForm({
    name: "sign-in",
    blank: { email: "", password: "" },
    unkept: ["password"],
    send: async ({ email, password }) => {
      const { me, factor } = await api.signIn({ email: email.trim(), password });
      if (me !== null) onSignedIn(me);
      if (factor !== null) onWanted(factor);
    },
    onRefused: () => passwordInput.current?.select(),
  });

  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title={staffWords.pages.signIn} />
        <p class="soft">{staffWords.pages.forStaff}</p>
        {door !== null && <LeaveButton label={door.label} ask={() => providerApi.signIn(door.clinic)} back={location.pathname} />}
        <form class="card stack" onSubmit={form.submit}>
          <FormTrouble trouble={form.trouble} />
          <TextField
            label={staffWords.pages.email}
            type="email"
            autocomplete="username"
            required
            value={form.values.email}
            onInput={(email) => form.set({ email })}
          />
          <PasswordField
            label={staffWords.pages.password}
            autocomplete="current-password"
            required
            control={passwordInput}
            value={form.values.password}
            onInput={(password) => form.set({ password })}
          />
          <Button type="submit" kind="main" wide busy={form.busy} busyWords={staffWords.pages.signingIn}>
            {staffWords.pages.signIn}
          </Button>
          <p>
            <a href="/forgot">{staffWords.access.forgot}</a>
          </p>
        </form>
        <p class="small soft">{staffWords.pages.hereForGroup}</p>
      </div>
    </Page>
  );
}
