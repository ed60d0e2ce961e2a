import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Wait } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { ClinicProvider, ProviderSettings } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { useConfirmation } from "../access/confirm.tsx";
import { NotShown } from "../not-shown.tsx";
import { providerApi } from "./api.ts";
import { SettingsForm } from "./settings-form.tsx";

/** The clinic's own sign-in provider, as administrators set it. */
export function SingleSignOn() {
  const [loaded, again] = useLoaded("clinic-provider", providerApi.settings);
  if (loaded.is === "loading") return <Wait>{staffWords.access.fetching}</Wait>;
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const { provider } = loaded.value;
  return (
    <div class="stack medium">
      <PageHead title={staffWords.provider.title} lead={staffWords.provider.lead} />
      <Addresses clinic={loaded.value} />
      <SettingsForm key={loaded.at} provider={provider} onSaved={again} />
      {provider !== null && <Dependents provider={provider} onRemoved={again} />}
    </div>
  );
}

function Addresses({ clinic }: { readonly clinic: ClinicProvider }) {
  return (
    <section class="card stack" aria-labelledby="addresses">
      <h2 id="addresses">{staffWords.provider.addresses}</h2>
      <Address label={staffWords.provider.returnAddress} help={staffWords.provider.returnHelp} value={clinic.return_address} />
      {clinic.provider !== null && (
        <Address label={staffWords.provider.signInAddress} help={staffWords.provider.signInHelp} value={clinic.sign_in_address} />
      )}
    </section>
  );
}

function Address({ label, help, value }: { readonly label: string; readonly help: string; readonly value: string }) {
  const copy = () => void navigator.clipboard.writeText(value).then(() => toast(staffWords.provider.copied));
  return (
    <div class="stack-tight">
      <strong>{label}</strong>
      <p class="small soft">{help}</p>
      <div class="row">
        <code class="address">{value}</code>
        <Button onPress={copy}>
          {staffWords.provider.copy}
          <span class="unseen"> {label}</span>
        </Button>
      </div>
    </div>
  );
}

function Dependents({ provider, onRemoved }: { readonly provider: ProviderSettings; readonly onRemoved: () => void }) {
  const [asking, setAsking] = useState(false);
  const { confirmed, question } = useConfirmation();
  const remove = async () => {
    await confirmed(providerApi.remove);
    setAsking(false);
    toast(staffWords.provider.removed);
    onRemoved();
  };
  return (
    <section class="card stack" aria-labelledby="dependents">
      <h2 id="dependents">{staffWords.provider.dependents}</h2>
      <p>{staffWords.provider.linkedPeople(provider.linked)}</p>
      {provider.without_password > 0 && <p>{staffWords.provider.withoutPassword(provider.without_password)}</p>}
      <div>
        <Button onPress={() => setAsking(true)}>{staffWords.provider.remove}</Button>
      </div>
      {asking && (
        <Question
          title={staffWords.provider.removeAsk}
          yes={staffWords.provider.remove}
          grave
          consequences={[
            staffWords.provider.removeMeans,
            ...(provider.without_password > 0 ? [staffWords.provider.withoutPassword(provider.without_password)] : []),
          ]}
          sentenceOf={sentenceOf}
          onYes={remove}
          onNo={() => setAsking(false)}
        />
      )}
      {question}
    </section>
  );
}
