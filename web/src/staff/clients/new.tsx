import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../ui/form-trouble.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import type { ClientRow } from "../../wire/api.gen.ts";
import { useForm } from "../../wire/form.ts";
import { clientPath, go } from "../router.ts";
import { clientsApi } from "./api.ts";
import { NOBODY, type Person, PersonFields, UNKEPT } from "./overview/described.tsx";
import { useRefused } from "./refused.ts";
import "./clients.css";

class PerhapsHere extends Error {}

/** Adds a client. Whoever may be here already is shown first; that is a warning and no wall. */
export function NewClient() {
  const [alike, setAlike] = useState<readonly ClientRow[]>([]);
  const [asked, setAsked] = useState("");
  const form = useForm<Person>({
    name: "new-client",
    blank: NOBODY,
    unkept: UNKEPT,
    send: async (person) => {
      const key = JSON.stringify([person.name, person.date_of_birth]);
      if (key !== asked) {
        const found = await clientsApi.alike({ name: person.name, date_of_birth: person.date_of_birth });
        setAlike(found);
        setAsked(key);
        if (found.length > 0) throw new PerhapsHere();
      }
      const client = await clientsApi.create(person);
      toast(staffWords.clients.madeIt(client.name));
      go(clientPath(client.id));
    },
  });
  const trouble = form.trouble?.error instanceof PerhapsHere ? null : form.trouble;
  const elsewhere = useRefused(trouble);
  const warned = alike.length > 0 && asked === JSON.stringify([form.values.name, form.values.date_of_birth]);
  return (
    <div class="stack narrow">
      <PageHead title={staffWords.clients.newTitle} lead={staffWords.clients.newLead} path={[{ href: "/clients", label: staffWords.clients.title }]} />
      <form class="stack" noValidate onSubmit={form.submit}>
        <PersonFields form={{ ...form, trouble }} />
        <FormTrouble trouble={elsewhere} />
        {warned && <Alike rows={alike} />}
        <div class="row">
          <Button kind="main" type="submit" busy={form.busy} busyWords={staffWords.clients.saving}>
            {warned ? staffWords.clients.createAnyway : staffWords.clients.createNow}
          </Button>
          <a class="button" href="/clients">{staffWords.clients.cancel}</a>
        </div>
      </form>
    </div>
  );
}

function Alike({ rows }: { readonly rows: readonly ClientRow[] }) {
  return (
    <div role="alert">
      <Banner tone="warn">
        <strong>{staffWords.clients.alikeTitle}</strong>
        <br />
        {staffWords.clients.alikeMeans}
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <a href={clientPath(row.id)} target="_blank" rel="noreferrer">
                {staffWords.clients.openThem} <PersonName name={row.name} distinction={row.distinction ?? row.alias} />
              </a>
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  );
}
