import { useRef, useState } from "preact/hooks";
import { api, sentenceOf } from "../api.ts";
import type { Me } from "../api.gen.ts";
import { Eye, EyeOff } from "../icons.ts";
import { Banner } from "../ui/banner.tsx";
import { Heading } from "../ui/heading.tsx";
import { Page } from "../ui/page.tsx";

export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [trying, setTrying] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const emailInput = useRef<HTMLInputElement>(null);

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
      emailInput.current?.focus();
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
              ref={emailInput}
              class="input"
              type="email"
              autocomplete="username"
              required
              value={email}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </div>
          <PasswordField value={password} onInput={setPassword} />
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

function PasswordField({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div class="field">
      <label for="password">Password</label>
      <div class="input-group">
        <input
          id="password"
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
          aria-pressed={shown}
          aria-label="Show password"
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden="true" />
          {shown ? "Hide" : "Show"}
        </button>
      </div>
    </div>
  );
}
