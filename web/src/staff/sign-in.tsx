import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { Eye, EyeOff } from "../icons.ts";
import { FormTrouble } from "../ui/form-trouble.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";
import type { Me } from "../wire/api.gen.ts";
import { formsBelongTo, useForm } from "../wire/form.ts";
import { api } from "./api.ts";

export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const passwordInput = useRef<HTMLInputElement>(null);
  const form = useForm({
    name: "sign-in",
    blank: { email: "", password: "" },
    unkept: ["password"],
    send: async ({ email, password }) => {
      const me = await api.signIn({ email: email.trim(), password });
      formsBelongTo(me.person);
      onSignedIn(me);
    },
    onRefused: () => passwordInput.current?.select(),
  });

  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title="Sign in" />
        <p class="soft">For facilitators and staff.</p>
        <form class="card stack" onSubmit={form.submit}>
          <FormTrouble trouble={form.trouble} />
          <div class="field">
            <label for="email">E-mail</label>
            <input
              id="email"
              class="input"
              type="email"
              autocomplete="username"
              required
              value={form.values.email}
              onInput={(event) => form.set({ email: event.currentTarget.value })}
            />
          </div>
          <PasswordField field={passwordInput} value={form.values.password} onInput={(password) => form.set({ password })} />
          <button type="submit" class="button main wide" aria-disabled={form.busy}>
            {form.busy ? "Signing in…" : "Sign in"}
          </button>
        </form>
        <p class="small soft">
          Here for a group? You do not need a password: open the personal link your program sent you.
        </p>
      </div>
    </Page>
  );
}

interface PasswordProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function PasswordField({ field, value, onInput }: PasswordProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div class="field">
      <label for="password">Password</label>
      <div class="input-group">
        <input
          id="password"
          ref={field}
          class="input"
          {...(shown ? { type: "text" } : { type: "password" })}
          autocomplete="current-password"
          required
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="button plain"
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden="true" />
          {shown ? "Hide" : "Show"}
          <span class="unseen"> password</span>
        </button>
      </div>
    </div>
  );
}
