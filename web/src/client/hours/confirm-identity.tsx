import { useEffect, useRef, useState } from "preact/hooks";
import { language, words } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";
import "../../ui/forms/forms.css";

interface Props {
  readonly link: string;
  readonly onConfirmed: () => void;
}

/** Asks for a code that goes to the person's own address. What it says is the same whether or not one was sent. */
export function ConfirmIdentity({ link, onConfirmed }: Props) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const attempt = async (doing: () => Promise<unknown>, then: () => void) => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      await doing();
      then();
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const ask = () => void attempt(() => api.askForCode({ link, language: language() }), () => setAsked(true));
  const give = (code: string) => void attempt(() => api.giveCode({ link, code }), onConfirmed);
  return (
    <div class="stack">
      <Heading title={words.hours.confirmTitle} />
      <p>{words.hours.confirmWhy}</p>
      {asked ? (
        <GiveCode busy={busy} trouble={trouble} onGive={give} onAsk={ask} />
      ) : (
        <>
          {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
          <div>
            <button type="button" class="button main" aria-disabled={busy} onClick={ask}>
              {words.hours.send}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

interface GiveProps {
  readonly busy: boolean;
  readonly trouble: string | null;
  readonly onGive: (code: string) => void;
  readonly onAsk: () => void;
}

function GiveCode({ busy, trouble, onGive, onAsk }: GiveProps) {
  const [code, setCode] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (trouble !== null) field.current?.select();
  }, [trouble]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (code.trim() !== "") onGive(code);
    else field.current?.focus();
  };
  return (
    <form class="card stack" onSubmit={submit}>
      <p role="status">{words.hours.sent}</p>
      <div class="field" data-wrong={trouble !== null}>
        <label for="code">{words.hours.code}</label>
        <p id="code-help" class="field-help">
          {words.hours.codeHelp}
        </p>
        <input
          ref={field}
          id="code"
          class="input code"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={11}
          required
          aria-describedby={["code-help", trouble !== null && "code-error"].filter(Boolean).join(" ")}
          aria-invalid={trouble !== null}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        {trouble !== null && (
          <p id="code-error" class="field-error" role="alert">
            {trouble}
          </p>
        )}
      </div>
      <div class="row">
        <button type="submit" class="button main" aria-disabled={busy}>
          {words.hours.confirm}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={onAsk}>
          {words.hours.sendAgain}
        </button>
      </div>
      <p class="small soft">{words.hours.noMail}</p>
    </form>
  );
}
