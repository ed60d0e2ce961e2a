import { useState } from "preact/hooks";
import { day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Listed } from "../../ui/listed.tsx";
import type { ApiToken, CreateApiToken } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { type Items, request, sentenceOf } from "../../wire/request.ts";
import { useWrong } from "../programs/wrong.ts";

const tokens = {
  all: async () => (await request<Items<ApiToken>>("GET", "/api/api-tokens")).items,
  make: (body: CreateApiToken) => request<ApiToken>("POST", "/api/api-tokens", body),
  revoke: (id: string) => request<null>("DELETE", `/api/api-tokens/${id}`),
};

/** The tokens by which other systems read the billing feed. */
export function TokensPage() {
  const [loaded, again] = useLoaded("tokens", tokens.all);
  const [made, setMade] = useState<ApiToken | null>(null);
  const onMade = (token: ApiToken) => {
    setMade(token);
    again();
  };
  return (
    <div class="stack medium">
      <PageHead title={staffWords.clinic.tokens} lead={staffWords.clinic.tokensLead} />
      {made !== null && (
        <Banner tone="good">
          <strong>{staffWords.clinic.tokenMade(made.name)}</strong>
          <p>{staffWords.clinic.tokenOnce}</p>
          <p class="secret">{made.secret}</p>
        </Banner>
      )}
      <NewToken onMade={onMade} />
      <Listed loaded={loaded} again={again} waiting={staffWords.pages.opening} empty={staffWords.clinic.tokensNone}>
        {(items) => (
          <ul class="stack">
            {items.map((token) => (
              <li key={token.id}>
                <Token token={token} onRevoked={again} />
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function NewToken({ onMade }: { readonly onMade: (token: ApiToken) => void }) {
  const form = useForm({
    name: "new-token",
    blank: { name: "" },
    send: async ({ name }) => onMade(await tokens.make({ name, scopes: ["feed"] })),
  });
  const { at, rest } = useWrong("token", ["name"], form.trouble);
  return (
    <form class="card stack" onSubmit={form.submit} noValidate>
      <FormTrouble trouble={rest} />
      <TextField {...at("name")} label={staffWords.clinic.tokenName} help={staffWords.clinic.tokenNameHelp} required value={form.values.name} onInput={(name) => form.set({ name })} />
      <div>
        <Button type="submit" kind="main" busy={form.busy}>{staffWords.clinic.makeToken}</Button>
      </div>
    </form>
  );
}

function Token({ token, onRevoked }: { readonly token: ApiToken; readonly onRevoked: () => void }) {
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    await tokens.revoke(token.id);
    setAsking(false);
    toast(staffWords.clinic.tokenRevoked(token.name));
    onRevoked();
  };
  return (
    <article class="card stack-tight">
      <div class="row">
        <h2>{token.name}</h2>
        {token.revoked && <span class="badge warn">{staffWords.clinic.revoked}</span>}
      </div>
      <p class="soft">{token.expires === null ? staffWords.clinic.tokenStays : staffWords.clinic.tokenUntil(day(token.expires))}</p>
      {!token.revoked && (
        <div>
          <Button onPress={() => setAsking(true)}>
            {staffWords.clinic.revoke}
            <span class="unseen"> {token.name}</span>
          </Button>
        </div>
      )}
      {asking && (
        <Question
          title={staffWords.clinic.revokeAsk(token.name)} yes={staffWords.clinic.revoke} grave consequences={[staffWords.clinic.revokeMeans]}
          onYes={revoke} onNo={() => setAsking(false)} sentenceOf={sentenceOf}
        />
      )}
    </article>
  );
}
