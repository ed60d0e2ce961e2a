import { useEffect, useRef, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { isSignedOut, sentenceOf } from "../../wire/request.ts";
import { askPasskey, canUsePasskeys, PasskeyNotUsed } from "./passkey.ts";

export type FactorAnswer = { readonly code: string } | { readonly recovery_code: string } | { readonly passkey: string };
type Way = "code" | "recovery";

interface Props {
  readonly code: boolean;
  readonly recovery: boolean;
  /** What to ask a passkey; absent if the person has none. */
  readonly passkey?: (() => Promise<string>) | undefined;
  readonly verb: string;
  readonly onAnswer: (answer: FactorAnswer) => Promise<unknown>;
}

/** Asks for a second factor: a code, a passkey, or a recovery code in their place. */
export function FactorForm({ code, recovery, passkey, verb, onAnswer }: Props) {
  const [way, setWay] = useState<Way>(code || passkey !== undefined ? "code" : "recovery");
  const { busy, trouble, run } = useAnswering(onAnswer);
  const byText = way === "recovery" || code;
  const sign = async () => ({ passkey: await askPasskey((await passkey?.()) ?? "") });
  return (
    <div class="stack">
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      {byText && <Typed key={way} way={way} verb={verb} busy={busy} onTyped={(answer) => run(async () => answer)} />}
      {passkey !== undefined && canUsePasskeys() && (
        <Button wide kind={byText ? undefined : "main"} busy={busy} onPress={() => void run(sign)}>
          {staffWords.access.usePasskey}
        </Button>
      )}
      {(way === "code" ? recovery : code) && <OtherWay way={way} onTurn={setWay} />}
    </div>
  );
}

function OtherWay({ way, onTurn }: { readonly way: Way; readonly onTurn: (to: Way) => void }) {
  return (
    <Button kind="plain" onPress={() => onTurn(way === "code" ? "recovery" : "code")}>
      {way === "code" ? staffWords.access.useRecovery : staffWords.access.useCode}
    </Button>
  );
}

interface TypedProps {
  readonly way: Way;
  readonly verb: string;
  readonly busy: boolean;
  /** False if it was refused: the text stays, ready to be typed over. */
  readonly onTyped: (answer: FactorAnswer) => Promise<boolean>;
}

const fieldOf = (way: Way) =>
  way === "code"
    ? { label: staffWords.access.code, autocomplete: "one-time-code", inputMode: "numeric" as const, maxLength: 7 }
    : { label: staffWords.access.recoveryCode, maxLength: 40 };

function Typed({ way, verb, busy, onTyped }: TypedProps) {
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLDivElement>(null);
  const input = () => field.current?.querySelector("input");
  useEffect(() => input()?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const text = typed.trim();
    if (!(await onTyped(way === "code" ? { code: text.replaceAll(" ", "") } : { recovery_code: text }))) input()?.select();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <p>{way === "code" ? staffWords.access.codeLead : staffWords.access.recoveryLead}</p>
      <div ref={field}>
        <TextField {...fieldOf(way)} required value={typed} onInput={setTyped} />
      </div>
      <Button type="submit" kind="main" wide busy={busy} busyWords={staffWords.access.checking}>
        {verb}
      </Button>
    </form>
  );
}

/** One answer at a time; what was refused is said, and what was typed stays. */
function useAnswering(onAnswer: (answer: FactorAnswer) => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (answer: () => Promise<FactorAnswer>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setTrouble(null);
    try {
      await onAnswer(await answer());
      return true;
    } catch (error) {
      setTrouble(said(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, run };
}

function said(error: unknown): string {
  if (error instanceof PasskeyNotUsed) return error.message;
  return isSignedOut(error) ? staffWords.access.tooLate : sentenceOf(error);
}
