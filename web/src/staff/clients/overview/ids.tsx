import { staffWords } from "../../../messages/words.ts";
import { Button } from "../../../ui/forms/button.tsx";
import { TextField } from "../../../ui/forms/text-field.tsx";
import type { ExternalId } from "../../../wire/api.gen.ts";
import { clientsApi } from "../api.ts";
import { at } from "../refused.ts";
import type { TabProps } from "../tabs.ts";
import { Edit, Section, useEditing } from "./section.tsx";

/** The client's ids in other systems. */
export function IdsSection({ client, onChanged }: TabProps) {
  return (
    <Section title={staffWords.clients.ids} form={(close) => <IdsForm client={client} onChanged={onChanged} onClose={close} />}>
      {client.external_ids.length === 0 ? (
        <p class="soft">{staffWords.clients.noIds}</p>
      ) : (
        <dl class="facts">
          {client.external_ids.map(({ system, value }) => (
            <div key={`${system} ${value}`}>
              <dt>{system}</dt>
              <dd class="long-word">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}

function IdsForm({ client, onChanged, onClose }: TabProps & { readonly onClose: () => void }) {
  const editing = useEditing<{ readonly ids: readonly ExternalId[] }>({
    client,
    name: "ids",
    title: staffWords.clients.ids,
    before: { ids: client.external_ids.length > 0 ? client.external_ids : [{ system: "", value: "" }] },
    put: (revision, { ids }) =>
      clientsApi.replaceIds(client.id, { revision, external_ids: ids.filter(({ system, value }) => `${system}${value}`.trim() !== "") }),
    onChanged,
    onClose,
  });
  const { values: { ids }, set, trouble } = editing.form;
  const change = (place: number, changed: Partial<ExternalId>) =>
    set({ ids: ids.map((one, number) => (number === place ? { ...one, ...changed } : one)) });
  return (
    <Edit {...editing} onClose={onClose}>
      {ids.map(({ system, value }, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- an id has no other name than its place while it is typed
        <fieldset key={place} class="client-way">
          <legend>{staffWords.clients.idNumber(place + 1)}</legend>
          <TextField label={staffWords.clients.system} help={staffWords.clients.systemHelp} required maxLength={200} value={system} onInput={(typed) => change(place, { system: typed })} {...at(trouble, `$.external_ids[${place}].system`)} />
          <TextField label={staffWords.clients.id} required maxLength={200} value={value} onInput={(typed) => change(place, { value: typed })} {...at(trouble, `$.external_ids[${place}].value`)} />
          <Button kind="plain" onPress={() => set({ ids: ids.filter((_, number) => number !== place) })}>
            {staffWords.clients.removeId(place + 1)}
          </Button>
        </fieldset>
      ))}
      <div class="row">
        <Button onPress={() => set({ ids: [...ids, { system: "", value: "" }] })}>{staffWords.clients.addId}</Button>
      </div>
    </Edit>
  );
}
