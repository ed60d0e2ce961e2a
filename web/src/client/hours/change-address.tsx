import { useState } from "preact/hooks";
import { language, words } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { api } from "../api.ts";
import { useAttempts } from "./attempt.ts";
import { CodeField, Field } from "./field.tsx";

type Step = "closed" | "open" | "asked" | "done";

/** Moves codes to another address, with a code from the present one. */
export function ChangeAddress({ link }: { readonly link: string }) {
  const [step, setStep] = useState<Step>("closed");
  const [values, setValues] = useState({ code: "", address: "" });
  const { busy, trouble, attempt } = useAttempts();
  const ask = () => attempt(() => api.askForCode({ link, language: language() }), () => setStep("asked"));
  const change = (event: Event) => {
    event.preventDefault();
    const body = { link, code: values.code, address: values.address.trim(), language: language() };
    attempt(() => api.changeContact(body), () => setStep("done"));
  };
  if (step === "done") return <Banner tone="good">{words.hours.addressChanged}</Banner>;
  if (step === "closed") {
    return (
      <div>
        <button type="button" class="button" onClick={() => setStep("open")}>
          {words.hours.changeAddress}
        </button>
      </div>
    );
  }
  const atAddress = trouble?.path === "$.address";
  return (
    <form class="card stack" onSubmit={change}>
      <h2>{words.hours.changeAddress}</h2>
      <p>{words.hours.changeHow}</p>
      {step === "open" && trouble !== null && <Banner tone="bad">{trouble.sentence}</Banner>}
      {step === "asked" && (
        <>
          <CodeField
            value={values.code}
            onInput={(code) => setValues({ ...values, code })}
            trouble={trouble !== null && !atAddress ? trouble.sentence : null}
          />
          <Field
            id="address"
            kind="email"
            label={words.hours.newAddress}
            help={words.hours.newAddressHelp}
            value={values.address}
            onInput={(address) => setValues({ ...values, address })}
            trouble={trouble !== null && atAddress ? trouble.sentence : null}
          />
        </>
      )}
      <div class="row">
        {step === "open" ? (
          <button type="button" class="button main" aria-disabled={busy} onClick={ask}>
            {words.hours.sendToPresent}
          </button>
        ) : (
          <button type="submit" class="button main" aria-disabled={busy}>
            {words.hours.changeNow}
          </button>
        )}
        <button type="button" class="button" onClick={() => setStep("closed")}>
          {words.hours.keepAddress}
        </button>
      </div>
    </form>
  );
}
