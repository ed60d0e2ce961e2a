import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { api } from "./api.ts";
import { sentenceOf } from "../wire/request.ts";
import type { Me } from "../wire/api.gen.ts";
import { Eye, EyeOff } from "../icons.ts";
import { Banner } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";

export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [trying, setTrying] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (trying) return;
    setTrying(true);
    setTrouble(null);
    try {
      onSignedIn(await api.signIn({ email: email.trim(), password }));
    } catch (error) {
      setTrouble(sentenceOf(error));
      setTrying(false);
      passwordInput.current?.select();
    }
  };

  return (
    <Page width="narrow">
      <div class="stack">
        <Heading title="Sign in" />
        <p class="soft">For facilitators and staff.</p>
        <form class="card stack" onSubmit={submit}>
          {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
          <div class="field">
            <label for="email">E-mail</label>
            <input
              id="email"
              class="input"
              type="email"
              autocomplete="username"
              required
              value={email}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </div>
          <PasswordField field={passwordInput} value={password} onInput={setPassword} />
          <button type="submit" class="button main wide" aria-disabled={trying}>
            {trying ? "Signing in…" : "Sign in"}
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
