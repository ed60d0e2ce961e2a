import { useState } from "preact/hooks";
import { clock, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { TextField } from "../../ui/forms/text-field.tsx";
import type { Identity, IdentityContact as Contact, RememberedBrowser } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";
import type { TabProps } from "../clients/tabs.ts";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";

/** On a client's page: where their codes go, and the browsers in which they have given one. */
export function CodesTab({ client: { id: person } }: TabProps) {
  const [loaded, again] = useLoaded(`identity ${person}`, () => api.identity(person), { whenSeen: true });
  return (
    <section class="card stack" aria-labelledby="identity">
      <div class="stack-tight">
        <h2 id="identity">{staffWords.identity.title}</h2>
        <p class="soft">{staffWords.identity.lead}</p>
      </div>
      {loaded.is === "loading" && <Wait>{staffWords.identity.fetching}</Wait>}
      {loaded.is === "failed" && <Failed sentence={loaded.sentence} onAgain={again} />}
      {loaded.is === "there" && <Shown person={person} identity={loaded.value} again={again} />}
    </section>
  );
}

interface ShownProps {
  readonly person: string;
  readonly identity: Identity;
  readonly again: () => void;
}

function Shown({ person, identity: { contact, browsers }, again }: ShownProps) {
  const edits = may(useOffice().me, "clients.edit");
  const [setting, setSetting] = useState(false);
  const done = () => {
    setSetting(false);
    again();
  };
  return (
    <>
      {contact === null ? <p>{staffWords.identity.none}</p> : <Where contact={contact} />}
      {contact?.locked && <Locked person={person} edits={edits} again={again} />}
      {edits && !setting && (
        <div>
          <Button onPress={() => setSetting(true)}>{contact === null ? staffWords.identity.set : staffWords.identity.change}</Button>
        </div>
      )}
      {setting && <SetContact person={person} had={contact !== null} onDone={done} onCancel={() => setSetting(false)} />}
      {browsers.length > 0 && <Browsers person={person} browsers={browsers} edits={edits} again={again} />}
    </>
  );
}

function Where({ contact: { address, set_at, set_by_name, shared } }: { readonly contact: Contact }) {
  return (
    <div class="stack-tight">
      <p class="long-word">
        <strong>{address}</strong>
      </p>
      <p class="small soft">{staffWords.identity.setBy(set_by_name, day(set_at))}</p>
      {shared && <Banner tone="warn">{staffWords.identity.shared}</Banner>}
    </div>
  );
}

/** Too many wrong codes: staff make sure who it is, and allow codes again. */
function Locked({ person, edits, again }: { readonly person: string; readonly edits: boolean; readonly again: () => void }) {
  const [asking, setAsking] = useState(false);
  const allow = async () => {
    await api.allowCodes(person);
    setAsking(false);
    toast(staffWords.identity.allowed);
    again();
  };
  return (
    <>
      <Banner tone="warn" {...(edits && { action: <Button onPress={() => setAsking(true)}>{staffWords.identity.allow}</Button> })}>
        {staffWords.identity.locked}
      </Banner>
      {asking && (
        <Question
          title={staffWords.identity.allowAsk}
          yes={staffWords.identity.allow}
          consequences={[staffWords.identity.allowMeans]}
          sentenceOf={sentenceOf}
          onYes={allow}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface SetProps {
  readonly person: string;
  readonly had: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function SetContact({ person, had, onDone, onCancel }: SetProps) {
  const form = useForm({
    name: `identity ${person}`,
    blank: { address: "" },
    unkept: ["address"],
    send: async ({ address }) => {
      await api.setIdentityContact(person, { address: address.trim() });
      onDone();
    },
    onRefused: () => document.getElementById("identity-address")?.focus(),
  });
  const wrong = form.trouble?.field === "address" ? form.trouble.sentence : null;
  const cancel = () => {
    form.clear();
    onCancel();
  };
  return (
    <form class="stack narrow" onSubmit={form.submit}>
      {wrong === null && <FormTrouble trouble={form.trouble} />}
      <TextField
        id="identity-address"
        label={staffWords.identity.address}
        help={had ? staffWords.identity.addressHelpNew : staffWords.identity.addressHelp}
        type="email"
        required
        error={wrong}
        value={form.values.address}
        onInput={(address) => form.set({ address })}
      />
      <div class="row">
        <Button type="submit" kind="main" busy={form.busy}>
          {staffWords.identity.save}
        </Button>
        <Button onPress={cancel}>{staffWords.identity.cancel}</Button>
      </div>
    </form>
  );
}

interface BrowsersProps {
  readonly person: string;
  readonly browsers: readonly RememberedBrowser[];
  readonly edits: boolean;
  readonly again: () => void;
}

function Browsers({ person, browsers, edits, again }: BrowsersProps) {
  const [forgetting, setForgetting] = useState<RememberedBrowser | null>(null);
  const forget = async (browser: RememberedBrowser) => {
    await api.forgetBrowser(person, browser.id);
    setForgetting(null);
    toast(staffWords.identity.forgotten);
    again();
  };
  return (
    <div class="stack-tight">
      <h3>{staffWords.identity.browsers}</h3>
      <ul class="plain stack-tight">
        {browsers.map((browser) => (
          <li key={browser.id} class="row">
            <span>{staffWords.identity.browser(said(browser.identified_at), day(browser.expires_at))}</span>
            {edits && (
              <Button onPress={() => setForgetting(browser)} aria-label={staffWords.identity.forgetThis(said(browser.identified_at))}>
                {staffWords.identity.forget}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {forgetting !== null && (
        <Question
          title={staffWords.identity.forgetAsk}
          yes={staffWords.identity.forget}
          consequences={[staffWords.identity.forgetMeans]}
          sentenceOf={sentenceOf}
          onYes={() => forget(forgetting)}
          onNo={() => setForgetting(null)}
        />
      )}
    </div>
  );
}

const said = (at: string): string => `${day(at)}, ${clock(at)}`;
