import { useState } from "preact/hooks";
import { meetingSaid } from "../../../meetings.ts";
import { staffWords } from "../../../messages/words.ts";
import { Wait } from "../../../ui/banner.tsx";
import { toast } from "../../../ui/feedback/toasts.ts";
import { Failed } from "../../../ui/feedback/states.tsx";
import { FormTrouble } from "../../../ui/form-trouble.tsx";
import { Button } from "../../../ui/forms/button.tsx";
import { CheckField } from "../../../ui/forms/choices.tsx";
import { TextField } from "../../../ui/forms/text-field.tsx";
import type { ClientTags } from "../../../wire/api.gen.ts";
import { useForm } from "../../../wire/form.ts";
import { useLoaded } from "../../../wire/loaded.ts";
import { may } from "../../office/navigation.ts";
import { useOffice } from "../../office/signed-in.ts";
import { tagsOf } from "../../programs/typed.ts";
import { clientsApi } from "../api.ts";
import type { TabProps } from "../tabs.ts";
import "../clients.css";

/** What the client said of themselves so that a group fits them, and the meetings that they share. */
export function Groups({ client }: TabProps) {
  return (
    <div class="client-sections">
      <Tags client={client.id} />
      <Meetings client={client.id} />
    </div>
  );
}

function Tags({ client }: { readonly client: string }) {
  const { me } = useOffice();
  const [loaded, again] = useLoaded(`tags ${client}`, () => clientsApi.tags(client));
  const [changed, setChanged] = useState<ClientTags | null>(null);
  const [editing, setEditing] = useState(false);
  const { groups } = staffWords.clients;
  const tags = changed?.tags ?? (loaded.is === "there" ? loaded.value.tags : []);
  const saved = (next: ClientTags) => {
    setChanged(next);
    setEditing(false);
    toast(groups.saved);
  };
  return (
    <section class="card stack client-section" aria-labelledby="client-tags">
      <h2 id="client-tags">{groups.tags}</h2>
      {loaded.is === "loading" && <Wait>{groups.fetching}</Wait>}
      {loaded.is === "failed" && <Failed sentence={loaded.sentence} onAgain={again} />}
      {loaded.is === "there" && !editing && (
        <>
          <p class="row">{tags.length === 0 ? groups.noTags : tags.map((tag) => <span key={tag} class="badge"><bdi>{tag}</bdi></span>)}</p>
          <p class="small soft">{groups.tagsMean}</p>
          {may(me, "intake.work") && <div><Button onPress={() => setEditing(true)}>{groups.changeTags}</Button></div>}
        </>
      )}
      {editing && <TagsForm client={client} tags={tags} onSaved={saved} onCancel={() => setEditing(false)} />}
    </section>
  );
}

interface FormProps {
  readonly client: string;
  readonly tags: readonly string[];
  readonly onSaved: (tags: ClientTags) => void;
  readonly onCancel: () => void;
}

function TagsForm({ client, tags, onSaved, onCancel }: FormProps) {
  const { groups, cancel, save } = staffWords.clients;
  const form = useForm({
    name: `tags ${client}`, blank: { tags: tags.join(", "), consented: false }, unkept: ["tags", "consented"],
    send: async (values) => onSaved(await clientsApi.setTags(client, { tags: tagsOf(values.tags), consented: values.consented })),
  });
  const { values, set, trouble } = form;
  const at = (field: string) => (trouble?.field === field ? trouble.sentence : null);
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      <FormTrouble trouble={at("tags") ?? at("consented") ? null : trouble} />
      <TextField label={groups.tags} help={groups.tagsHelp} error={at("tags")} value={values.tags} onInput={(typed) => set({ tags: typed })} />
      <CheckField label={groups.consented} error={at("consented")} checked={values.consented} onChange={(consented) => set({ consented })} />
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy}>{save}</Button>
        <Button onPress={onCancel}>{cancel}</Button>
      </div>
    </form>
  );
}

function Meetings({ client }: { readonly client: string }) {
  const [loaded, again] = useLoaded(`meetings ${client}`, () => clientsApi.meetings(client), { whenSeen: true });
  const { groups } = staffWords.clients;
  return (
    <section class="card stack client-section" aria-labelledby="client-meetings">
      <h2 id="client-meetings">{groups.meetings}</h2>
      {loaded.is === "loading" && <Wait>{groups.fetching}</Wait>}
      {loaded.is === "failed" && <Failed sentence={loaded.sentence} onAgain={again} />}
      {loaded.is === "there" && (
        <>
          {!loaded.value.shared && <p>{groups.notShared}</p>}
          {loaded.value.shared && loaded.value.meetings.length === 0 && <p>{groups.noMeetings}</p>}
          {loaded.value.meetings.length > 0 && (
            <ul class="bullets">
              {loaded.value.meetings.map((meeting) => (
                <li key={meeting.id}>{meetingSaid(meeting).join(": ")}</li>
              ))}
            </ul>
          )}
          <p class="small soft">{groups.meetingsMean}</p>
        </>
      )}
    </section>
  );
}
