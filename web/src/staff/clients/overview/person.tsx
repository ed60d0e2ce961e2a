import { dateOf } from "../../../format.ts";
import { staffWords } from "../../../messages/words.ts";
import { clientsApi } from "../api.ts";
import type { TabProps } from "../tabs.ts";
import { languageWord, type Person, PersonFields, personOf } from "./described.tsx";
import { Edit, Section, useEditing } from "./section.tsx";

/** Names, date of birth, language, zone and home state. */
export function PersonSection({ client, onChanged }: TabProps) {
  const none = staffWords.clients.none;
  return (
    <Section title={staffWords.clients.person} form={(close) => <PersonForm client={client} onChanged={onChanged} onClose={close} />}>
      <dl class="facts">
        <div>
          <dt>{staffWords.clients.name}</dt>
          <dd><bdi>{client.name}</bdi></dd>
        </div>
        <div>
          <dt>{staffWords.clients.legalName}</dt>
          <dd>{client.legal_name === "" ? staffWords.clients.sameName : <bdi>{client.legal_name}</bdi>}</dd>
        </div>
        <div>
          <dt>{staffWords.clients.born}</dt>
          <dd>{client.date_of_birth === null ? none : dateOf(client.date_of_birth)}</dd>
        </div>
        <div>
          <dt>{staffWords.clients.language}</dt>
          <dd>{client.language === null ? none : languageWord(client.language)}</dd>
        </div>
        <div>
          <dt>{staffWords.clients.zone}</dt>
          <dd>{client.timezone ?? none}</dd>
        </div>
        <div>
          <dt>{staffWords.clients.homeState}</dt>
          <dd>{client.home_state ?? none}</dd>
        </div>
      </dl>
    </Section>
  );
}

function PersonForm({ client, onChanged, onClose }: TabProps & { readonly onClose: () => void }) {
  const editing = useEditing<Person>({
    client,
    name: "person",
    title: staffWords.clients.person,
    before: personOf(client),
    put: (revision, person) => clientsApi.describe(client.id, { revision, ...person }),
    onChanged,
    onClose,
  });
  return (
    <Edit {...editing} onClose={onClose}>
      <PersonFields form={editing.form} />
    </Edit>
  );
}
