import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Stale } from "../../ui/age.tsx";
import { Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { TabPanel, Tabs } from "../../ui/tabs.tsx";
import type { ClientView } from "../../wire/api.gen.ts";
import { type There, useLoaded } from "../../wire/loaded.ts";
import { NotShown } from "../not-shown.tsx";
import { may } from "../office/navigation.ts";
import { useOffice } from "../office/signed-in.ts";
import { ask, currentQuery } from "../router.ts";
import { clientsApi } from "./api.ts";
import { CLIENT_TABS, type ClientTab, type TabProps } from "./tabs.ts";

/** Everything about one person, in parts for whoever may see them. */
export function ClientPage({ client }: { readonly client: string }) {
  const [loaded, again] = useLoaded(`client ${client}`, () => clientsApi.client(client), { editable: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  if (loaded.is === "loading") return <Wait>{staffWords.clients.fetchingOne}</Wait>;
  return <Shown loaded={loaded} />;
}

function Shown({ loaded }: { readonly loaded: There<ClientView> }) {
  const [client, setClient] = useState(loaded.value);
  useEffect(() => setClient(loaded.value), [loaded.value]);
  const { me } = useOffice();
  const tabs = CLIENT_TABS.filter(({ needs }) => may(me, needs));
  const chosen = tabs.find(({ name }) => name === currentQuery().get("part")) ?? tabs[0];
  if (chosen === undefined) return null;
  return (
    <div class="stack">
      <PageHead
        title={staffWords.clients.one}
        person={client.name}
        lead={<Lead client={client} />}
        path={[{ href: "/clients", label: staffWords.clients.title }]}
      />
      <Stale loaded={loaded} />
      <Tabs
        label={staffWords.clients.parts}
        look="line"
        tabs={tabs.map(({ name }) => ({ name, label: staffWords.clients.tabs[name] }))}
        chosen={chosen.name}
        onChoose={(name) => ask({ part: name === tabs[0]?.name ? null : name })}
      />
      <TabPanel name={chosen.name}>
        <Part key={chosen.name} tab={chosen} client={client} onChanged={setClient} />
      </TabPanel>
    </div>
  );
}

/** What tells this person from others at a glance. */
function Lead({ client }: { readonly client: ClientView }) {
  return (
    <span class="row client-lead">
      <span class="badge">{staffWords.clients.stateWords[client.state]}</span>
      {client.deactivated && <span class="badge warn">{staffWords.clients.off}</span>}
      {client.alias !== null && (
        <span>
          {staffWords.clients.alias}: <bdi>{client.alias}</bdi>
        </span>
      )}
      {client.date_of_birth !== null && <span>*{dateOf(client.date_of_birth)}</span>}
    </span>
  );
}

function Part({ tab, ...props }: TabProps & { readonly tab: ClientTab }) {
  const [view, setView] = useState<{ readonly View: ComponentType<TabProps> } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    tab.load().then(
      (View) => current && setView({ View }),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [tab]);
  if (failed) return <Failed sentence={staffWords.office.codeMissing} onAgain={() => location.reload()} />;
  return view === null ? <Wait>{staffWords.pages.opening}</Wait> : <view.View {...props} />;
}
