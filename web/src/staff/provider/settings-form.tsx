import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { ChecksField } from "../../ui/forms/checks.tsx";
import { PasswordField } from "../../ui/forms/password-field.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { Algorithm, ProviderFinding, ProviderSettings, SetProvider } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { sentenceOf } from "../../wire/request.ts";
import { useConfirmation } from "../access/confirm.tsx";
import { providerApi } from "./api.ts";

const ALGORITHMS: readonly Algorithm[] = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"];
const USUAL: readonly Algorithm[] = ["RS256", "PS256", "ES256"];

interface Values {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly label: string;
  readonly algorithms: readonly Algorithm[];
  readonly factor_values: string;
}

const blankOf = (provider: ProviderSettings | null): Values => ({
  issuer: provider?.issuer ?? "",
  client_id: provider?.client_id ?? "",
  client_secret: "",
  label: provider?.label ?? "",
  algorithms: provider?.algorithms ?? USUAL,
  factor_values: provider?.factor_values.join(" ") ?? "",
});

const asked = ({ client_secret, factor_values, ...rest }: Values): SetProvider => ({
  ...rest,
  issuer: rest.issuer.trim(),
  client_id: rest.client_id.trim(),
  client_secret: client_secret === "" ? null : client_secret,
  factor_values: factor_values.split(/[\s,]+/).filter(Boolean),
});

type Outcome = { readonly findings: readonly ProviderFinding[] } | { readonly sentence: string };

/** What the provider is; it can be tried as it is typed, before anybody depends on it. */
export function SettingsForm({ provider, onSaved }: { readonly provider: ProviderSettings | null; readonly onSaved: () => void }) {
  const { confirmed, question } = useConfirmation();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [trying, setTrying] = useState(false);
  const form = useForm<Values>({
    name: "provider",
    blank: blankOf(provider),
    unkept: ["client_secret"],
    send: async (values) => {
      await confirmed(() => providerApi.change(asked(values)));
      toast(staffWords.provider.saved);
      onSaved();
    },
    onRefused: () => document.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus(),
  });
  const tryOut = async () => {
    setTrying(true);
    setOutcome(null);
    try {
      setOutcome(await providerApi.tryOut(asked(form.values)));
    } catch (error) {
      setOutcome({ sentence: sentenceOf(error) });
    } finally {
      setTrying(false);
    }
  };
  const wrong = (field: string) => (form.trouble?.field?.split("[")[0] === field ? form.trouble.sentence : null);
  const { values, set } = form;
  const seen = provider?.methods ?? [];
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <h2>{staffWords.provider.settings}</h2>
      <FormTrouble trouble={form.trouble} />
      <TextField
        id="issuer" type="url" label={staffWords.provider.issuer} help={staffWords.provider.issuerHelp} required
        value={values.issuer} error={wrong("issuer")} onInput={(issuer) => set({ issuer })}
      />
      <TextField
        id="client_id" label={staffWords.provider.clientId} required
        value={values.client_id} error={wrong("client_id")} onInput={(client_id) => set({ client_id })}
      />
      <PasswordField
        id="client_secret" label={staffWords.provider.clientSecret} autocomplete="new-password" required={provider === null}
        help={provider === null ? staffWords.provider.clientSecretHelp : staffWords.provider.clientSecretKept}
        value={values.client_secret} error={wrong("client_secret")} onInput={(client_secret) => set({ client_secret })}
      />
      <TextField
        id="label" label={staffWords.provider.label} help={staffWords.provider.labelHelp} required maxLength={60}
        value={values.label} error={wrong("label")} onInput={(label) => set({ label })}
      />
      <TextField
        id="factor_values" label={staffWords.provider.factorValues}
        help={`${staffWords.provider.factorValuesHelp} ${seen.length > 0 ? staffWords.provider.seen(seen.join(", ")) : ""}`}
        value={values.factor_values} error={wrong("factor_values")} onInput={(factor_values) => set({ factor_values })}
      />
      <details>
        <summary>{staffWords.provider.algorithms}</summary>
        <ChecksField
          id="algorithms" label={staffWords.provider.algorithmsLabel} help={staffWords.provider.algorithmsHelp} required
          choices={ALGORITHMS.map((value) => ({ value, label: value }))}
          values={values.algorithms} error={wrong("algorithms")} onChoose={(algorithms) => set({ algorithms })}
        />
      </details>
      {outcome !== null && <Found outcome={outcome} />}
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy} busyWords={staffWords.access.checking}>
          {staffWords.access.save}
        </Button>
        <Button busy={trying} busyWords={staffWords.provider.trying} onPress={() => void tryOut()}>
          {staffWords.provider.tryOut}
        </Button>
      </div>
      {question}
    </form>
  );
}

function Found({ outcome }: { readonly outcome: Outcome }) {
  if ("sentence" in outcome) return <Banner tone="bad">{outcome.sentence}</Banner>;
  if (outcome.findings.length === 0) return <Banner tone="good">{staffWords.provider.allWell}</Banner>;
  return (
    <Banner tone="warn">
      <ul class="stack-tight">
        {outcome.findings.map((finding) => (
          <li key={finding}>{staffWords.provider.findings[finding]}</li>
        ))}
      </ul>
    </Banner>
  );
}
