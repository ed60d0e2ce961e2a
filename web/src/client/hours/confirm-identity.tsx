import { useState } from "preact/hooks";
import { language, words } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Heading } from "../../ui/heading.tsx";
import { api } from "../api.ts";
import { useAttempts } from "./attempt.ts";
import { CodeField } from "./field.tsx";

interface Props {
  readonly link: string;
  readonly onConfirmed: () => void;
  /** Why a code is asked for, and the button that ends it; of one's hours, unless it is another page. */
  readonly why?: string;
  readonly show?: string;
}

/** Asks for a code that goes to the person's own address. What it says is the same whether or not one was sent. */
export function ConfirmIdentity({ link, onConfirmed, why = words.hours.confirmWhy, show = words.hours.confirm }: Props) {
  const [asked, setAsked] = useState(false);
  const { busy, trouble, attempt } = useAttempts();
  const ask = () => attempt(() => api.askForCode({ link, language: language() }), () => setAsked(true));
  const give = (code: string) => attempt(() => api.giveCode({ link, code }), onConfirmed);
  return (
    <div class="stack">
      <Heading title={words.hours.confirmTitle} />
      <p>{why}</p>
      {asked ? (
        <GiveCode show={show} busy={busy} trouble={trouble?.sentence ?? null} onGive={give} onAsk={ask} />
      ) : (
        <>
          {trouble !== null && <Banner tone="bad">{trouble.sentence}</Banner>}
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
  readonly show: string;
  readonly busy: boolean;
  readonly trouble: string | null;
  readonly onGive: (code: string) => void;
  readonly onAsk: () => void;
}

function GiveCode({ show, busy, trouble, onGive, onAsk }: GiveProps) {
  const [code, setCode] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    onGive(code);
  };
  return (
    <form class="card stack" onSubmit={submit}>
      <p role="status">{words.hours.sent}</p>
      <CodeField value={code} onInput={setCode} trouble={trouble} />
      <div class="row">
        <button type="submit" class="button main" aria-disabled={busy}>
          {show}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={onAsk}>
          {words.hours.sendAgain}
        </button>
      </div>
      <p class="small soft">{words.hours.noMail}</p>
    </form>
  );
}
