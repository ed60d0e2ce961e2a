import { staffWords } from "../../../messages/words.ts";
import { Button } from "../../../ui/forms/button.tsx";
import { CheckField, SelectField } from "../../../ui/forms/choices.tsx";
import { TextField } from "../../../ui/forms/text-field.tsx";
import type { ClientView, ContactKind, ContactWay, EmergencyContact } from "../../../wire/api.gen.ts";
import type { Form } from "../../../wire/form.ts";
import { clientsApi } from "../api.ts";
import { at } from "../refused.ts";
import type { TabProps } from "../tabs.ts";
import { Edit, Section, useEditing } from "./section.tsx";

interface Contacts {
  readonly contacts: readonly ContactWay[];
  readonly emergency: EmergencyContact;
}

const KINDS: readonly ContactKind[] = ["mobile", "phone", "email"];
const NEW_WAY: ContactWay = { kind: "mobile", value: "", may_leave_message: false, best_time: "" };
const NOBODY: EmergencyContact = { name: "", relation: "", phone: "" };

/** How the client is reached, and whom to call when they are in danger. */
export function ContactSection({ client, onChanged }: TabProps) {
  return (
    <Section title={staffWords.clients.contact} form={(close) => <ContactForm client={client} onChanged={onChanged} onClose={close} />}>
      <div class="stack-tight">
        <h3>{staffWords.clients.contacts}</h3>
        {client.contacts.length === 0 ? <p class="soft">{staffWords.clients.noContacts}</p> : <Ways client={client} />}
      </div>
      <div class="stack-tight">
        <h3>{staffWords.clients.emergency}</h3>
        {client.emergency === null ? <p class="soft">{staffWords.clients.noEmergency}</p> : <Emergency known={client.emergency} />}
      </div>
    </Section>
  );
}

function Ways({ client }: { readonly client: ClientView }) {
  const said = staffWords.clients.mayLeaveSaid;
  return (
    <ul class="stack-tight">
      {client.contacts.map(({ kind, value, may_leave_message, best_time }) => (
        <li key={value}>
          <strong class="long-word">{value}</strong> <span class="small soft">{staffWords.clients.kinds[kind]}</span>
          <br />
          <span class="small">
            {may_leave_message ? said.yes : said.no}
            {best_time !== "" && <> · <bdi>{best_time}</bdi></>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Emergency({ known }: { readonly known: EmergencyContact }) {
  return (
    <p>
      <strong><bdi>{known.name}</bdi></strong>
      {known.relation !== "" && <> · <bdi>{known.relation}</bdi></>}
      <br />
      {known.phone}
    </p>
  );
}

function ContactForm({ client, onChanged, onClose }: TabProps & { readonly onClose: () => void }) {
  const editing = useEditing<Contacts>({
    client,
    name: "contacts",
    title: staffWords.clients.contact,
    before: { contacts: client.contacts, emergency: client.emergency ?? NOBODY },
    put: (revision, { contacts, emergency }) =>
      clientsApi.replaceContacts(client.id, { revision, contacts, emergency: isNobody(emergency) ? null : emergency }),
    onChanged,
    onClose,
  });
  return (
    <Edit {...editing} onClose={onClose}>
      <WayFields form={editing.form} />
      <EmergencyFields form={editing.form} />
    </Edit>
  );
}

const isNobody = ({ name, relation, phone }: EmergencyContact): boolean => `${name}${relation}${phone}`.trim() === "";

function WayFields({ form: { values, set, trouble } }: { readonly form: Form<Contacts> }) {
  const put = (contacts: readonly ContactWay[]) => set({ contacts });
  const change = (place: number, changed: Partial<ContactWay>) =>
    put(values.contacts.map((way, number) => (number === place ? { ...way, ...changed } : way)));
  return (
    <>
      {values.contacts.map((way, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a way has no id; its place is what the service names it by
        <fieldset key={place} class="client-way">
          <legend>{staffWords.clients.way(place + 1)}</legend>
          <SelectField label={staffWords.clients.kind} required value={way.kind} choices={KINDS.map((value) => ({ value, label: staffWords.clients.kinds[value] }))} onChoose={(kind) => change(place, { kind })} />
          <TextField label={staffWords.clients.value} required type={way.kind === "email" ? "email" : "tel"} maxLength={200} value={way.value} onInput={(value) => change(place, { value })} {...at(trouble, `$.contacts[${place}].value`)} />
          <CheckField label={staffWords.clients.mayLeave} required checked={way.may_leave_message} onChange={(may_leave_message) => change(place, { may_leave_message })} />
          <TextField label={staffWords.clients.bestTime} help={staffWords.clients.bestTimeHelp} maxLength={200} value={way.best_time ?? ""} onInput={(best_time) => change(place, { best_time })} />
          <Button kind="plain" onPress={() => put(values.contacts.filter((_, number) => number !== place))}>
            {staffWords.clients.removeWay(place + 1)}
          </Button>
        </fieldset>
      ))}
      <div class="row">
        <Button onPress={() => put([...values.contacts, NEW_WAY])}>{staffWords.clients.addWay}</Button>
      </div>
    </>
  );
}

function EmergencyFields({ form: { values, set, trouble } }: { readonly form: Form<Contacts> }) {
  const change = (changed: Partial<EmergencyContact>) => set({ emergency: { ...values.emergency, ...changed } });
  const { name, relation = "", phone } = values.emergency;
  return (
    <fieldset class="client-way">
      <legend>{staffWords.clients.emergency}</legend>
      <TextField label={staffWords.clients.emergencyName} maxLength={400} value={name} onInput={(typed) => change({ name: typed })} {...at(trouble, "$.emergency.name")} />
      <TextField label={staffWords.clients.relation} maxLength={200} value={relation} onInput={(typed) => change({ relation: typed })} />
      <TextField label={staffWords.clients.phone} type="tel" maxLength={200} value={phone} onInput={(typed) => change({ phone: typed })} {...at(trouble, "$.emergency.phone")} />
    </fieldset>
  );
}
