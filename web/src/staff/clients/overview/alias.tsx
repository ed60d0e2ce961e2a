import { staffWords } from "../../../messages/words.ts";
import { RadioField } from "../../../ui/forms/choices.tsx";
import { TextField } from "../../../ui/forms/text-field.tsx";
import { clientsApi } from "../api.ts";
import { at } from "../refused.ts";
import type { TabProps } from "../tabs.ts";
import { Edit, Section, useEditing } from "./section.tsx";

const OWN = " own";

/** What peers see of the client. */
export function AliasSection({ client, onChanged }: TabProps) {
  return (
    <Section title={staffWords.clients.alias} form={(close) => <AliasForm client={client} onChanged={onChanged} onClose={close} />}>
      {client.alias === null ? (
        <p class="soft">{staffWords.clients.noAlias}</p>
      ) : (
        <p>
          <strong><bdi>{client.alias}</bdi></strong>
          <br />
          <span class="small">{client.alias_confirmed ? staffWords.clients.agreed : staffWords.clients.notAgreed}</span>
        </p>
      )}
      <p class="small soft">{staffWords.clients.aliasMeans}</p>
    </Section>
  );
}

interface Chosen {
  readonly chosen: string;
  readonly own: string;
}

function AliasForm({ client, onChanged, onClose }: TabProps & { readonly onClose: () => void }) {
  const offered = [...new Set([...(client.alias === null ? [] : [client.alias]), ...client.aliases])];
  const editing = useEditing<Chosen>({
    client,
    name: "alias",
    title: staffWords.clients.alias,
    before: { chosen: offered[0] ?? OWN, own: "" },
    put: (revision, { chosen, own }) => clientsApi.replaceAlias(client.id, { revision, alias: chosen === OWN ? own : chosen }),
    onChanged,
    onClose,
  });
  const { values, set, trouble } = editing.form;
  const choices = [...offered.map((value) => ({ value, label: value })), { value: OWN, label: staffWords.clients.ownAlias }];
  const refused = at(trouble, "$.alias");
  return (
    <Edit {...editing} onClose={onClose}>
      <RadioField label={staffWords.clients.otherAlias} help={staffWords.clients.aliasMeans} required choices={choices} value={values.chosen} onChoose={(chosen) => set({ chosen })} {...(values.chosen !== OWN && refused)} />
      {values.chosen === OWN && (
        <TextField label={staffWords.clients.ownAlias} help={staffWords.clients.ownAliasHelp} required maxLength={200} value={values.own} onInput={(own) => set({ own })} {...refused} />
      )}
    </Edit>
  );
}
