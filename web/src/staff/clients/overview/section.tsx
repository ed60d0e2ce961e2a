import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useId, useRef, useState } from "preact/hooks";
import { staffWords } from "../../../messages/words.ts";
import { Banner } from "../../../ui/banner.tsx";
import { toast } from "../../../ui/feedback/toasts.ts";
import { FormTrouble } from "../../../ui/form-trouble.tsx";
import { Button } from "../../../ui/forms/button.tsx";
import type { ClientView } from "../../../wire/api.gen.ts";
import { unlessChanged } from "../../../wire/conflict.ts";
import { type Form, useForm } from "../../../wire/form.ts";
import { may } from "../../office/navigation.ts";
import { useOffice } from "../../office/signed-in.ts";
import { clientsApi } from "../api.ts";
import { useRefused } from "../refused.ts";
import type { TabProps } from "../tabs.ts";

const FIRST = ":is(input,select)";

interface SectionProps {
  readonly title: string;
  /** What the record says now. */
  readonly children: ComponentChildren;
  /** The form that changes it, for whoever may; `close` shows the record again. */
  readonly form: (close: () => void) => ComponentChildren;
}

/** A part of the record: as it stands, or its form in its place. The focus goes along. */
export function Section({ title, children, form }: SectionProps) {
  const { me } = useOffice();
  const name = useId();
  const [editing, setEditing] = useState(false);
  const [overtaken, setOvertaken] = useState(false);
  const section = useRef<HTMLElement>(null);
  const moved = useRef(false);
  const close = () => {
    setOvertaken(false);
    setEditing(false);
  };
  useEffect(() => {
    if (moved.current) section.current?.querySelector<HTMLElement>(editing ? FIRST : ".edit")?.focus();
    moved.current = true;
  }, [editing]);
  return (
    <section ref={section} class="card stack client-section" aria-labelledby={name}>
      <div class="row row-apart">
        <h2 id={name}>{editing ? staffWords.clients.editing(title) : title}</h2>
        {!editing && may(me, "clients.edit") && (
          <button type="button" class="button edit" onClick={() => setEditing(true)}>
            {staffWords.clients.edit}
            <span class="unseen">: {title}</span>
          </button>
        )}
      </div>
      {editing && <ShowTheirs.Provider value={setOvertaken}>{form(close)}</ShowTheirs.Provider>}
      {(!editing || overtaken) && children}
    </section>
  );
}

interface Part<Values> extends TabProps {
  /** The part's name in the record, and in words. */
  readonly name: string;
  readonly title: string;
  readonly before: Values;
  readonly put: (revision: number, values: Values) => Promise<ClientView>;
  readonly onClose: () => void;
}

export interface Editing<Values> {
  readonly form: Form<Values>;
  /** Whether somebody else changed the record since the form was opened; the page shows theirs. */
  readonly overtaken: boolean;
}

class Overtaken extends Error {}

/** Has the section show below the form what the record says now that somebody else has changed it. */
const ShowTheirs = createContext<(overtaken: boolean) => void>(() => {});

/**
 * The form of a part of the record. Its values are words about a person: they stay on the screen, and in no storage.
 * Saving brings news with an undo, which puts back what was there before, unless the record was changed since.
 */
export function useEditing<Values extends object>(part: Part<Values>): Editing<Values> {
  const { client, name, title, before, put, onChanged, onClose } = part;
  const [overtaken, setOvertaken] = useState(false);
  const showTheirs = useContext(ShowTheirs);
  const form = useForm<Values>({
    name: `client ${client.id} ${name}`,
    blank: before,
    unkept: Object.keys(before) as (keyof Values)[],
    send: async (typed) => {
      const outcome = await unlessChanged(put(client.revision, typed), () => clientsApi.client(client.id));
      onChanged(outcome.is === "done" ? outcome.value : outcome.theirs);
      if (outcome.is === "changed_elsewhere") throw new Overtaken();
      toast(staffWords.clients.saved(title), async () => onChanged(await put(outcome.value.revision, before)));
      onClose();
    },
    onRefused: (error) => {
      setOvertaken(error instanceof Overtaken);
      showTheirs(error instanceof Overtaken);
    },
  });
  return { form: overtaken ? { ...form, trouble: null } : form, overtaken };
}

interface EditProps<Values> extends Editing<Values> {
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The form of a part, with its buttons. */
export function Edit<Values>({ form, overtaken, onClose, children }: EditProps<Values>) {
  const elsewhere = useRefused(form.trouble);
  const close = () => {
    form.clear();
    onClose();
  };
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      {overtaken && <Banner tone="warn">{staffWords.clients.changedElsewhere}</Banner>}
      {children}
      <FormTrouble trouble={elsewhere} />
      <div class="row">
        <Button kind="main" type="submit" busy={form.busy} busyWords={staffWords.clients.saving}>
          {staffWords.clients.save}
        </Button>
        <Button onPress={close}>{staffWords.clients.cancel}</Button>
      </div>
    </form>
  );
}
