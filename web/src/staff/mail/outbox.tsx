import { day, clock } from "../../format.ts";
import { locale, staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Wait } from "../../ui/banner.tsx";
import { Empty } from "../../ui/feedback/states.tsx";
import type { MailState, Outbox, OutboxMail } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { api } from "../api.ts";
import { NotShown } from "../not-shown.tsx";
import { useState } from "preact/hooks";
import "./outbox.css";

const BADGES: Readonly<Record<MailState, string>> = { waiting: "calm", sent: "", failed: "warn", dropped: "", handed_over: "" };

/** The clinic's mails: what they are, to whom, and whether they were sent. */
export function OutboxPage() {
  const [after, setAfter] = useState<string | null>(null);
  const [loaded, again] = useLoaded(`outbox ${after ?? ""}`, () => api.outbox(after), { whenSeen: true });
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  return (
    <div class="stack">
      <PageHead title={staffWords.mail.title} lead={staffWords.mail.lead} />
      {loaded.is === "loading" ? (
        <Wait>{staffWords.mail.fetching}</Wait>
      ) : (
        <Mails outbox={loaded.value} first={after === null} onTurn={setAfter} />
      )}
    </div>
  );
}

interface MailsProps {
  readonly outbox: Outbox;
  readonly first: boolean;
  readonly onTurn: (after: string | null) => void;
}

function Mails({ outbox: { sends, items, next }, first, onTurn }: MailsProps) {
  return (
    <>
      <Banner tone={sends ? "calm" : "warn"}>{sends ? staffWords.mail.sends : staffWords.mail.doesNotSend}</Banner>
      {items.length === 0 ? (
        <Empty title={staffWords.mail.none}>{staffWords.mail.noneMeans}</Empty>
      ) : (
        <Table caption={staffWords.mail.table} unseenCaption columns={columns(sends)} rows={items} keyOf={({ id }) => id} />
      )}
      {(!first || next !== null) && (
        <div class="row">
          {!first && <Button onPress={() => onTurn(null)}>{staffWords.mail.newest}</Button>}
          {next !== null && <Button onPress={() => onTurn(next)}>{staffWords.mail.older}</Button>}
        </div>
      )}
    </>
  );
}

const columns = (sends: boolean): readonly Column<OutboxMail>[] => [
  { name: "what", label: staffWords.mail.what, cell: (mail) => <What mail={mail} sends={sends} /> },
  { name: "to", label: staffWords.mail.to, cell: To },
  { name: "when", label: staffWords.mail.when, cell: ({ queued_at }) => said(queued_at) },
  { name: "state", label: staffWords.mail.state, cell: State },
];

const said = (at: string): string => `${day(at, { locale: locale() })}, ${clock(at, { locale: locale() })}`;

function What({ mail, sends }: { readonly mail: OutboxMail; readonly sends: boolean }) {
  const hidden = mail.secret && mail.state === "waiting" && !sends;
  return (
    <div class="stack-tight">
      <span>{staffWords.mail.kinds[mail.kind]}</span>
      {mail.text !== null && (
        <details>
          <summary>{staffWords.mail.read}</summary>
          <p>
            <strong>{mail.text.subject}</strong>
          </p>
          <p class="mail-text">{mail.text.body}</p>
        </details>
      )}
      {hidden && <span class="small soft">{staffWords.mail.secret}</span>}
    </div>
  );
}

function To({ name, address }: OutboxMail) {
  return (
    <div class="stack-tight">
      {name !== null && <bdi>{name}</bdi>}
      <span class="long-word soft">{address ?? staffWords.mail.noAddress}</span>
    </div>
  );
}

function State({ state, sent_at, error, tries }: OutboxMail) {
  return (
    <div class="stack-tight">
      <span>
        <span class={`badge ${BADGES[state]}`}>{staffWords.mail.states[state]}</span>
      </span>
      {sent_at !== null && <span class="small soft">{said(sent_at)}</span>}
      {error !== null && state !== "sent" && <span class="small soft">{staffWords.mail.trouble(why(error), tries)}</span>}
    </div>
  );
}

function why(error: string): string {
  const { troubles } = staffWords.mail;
  return error in troubles ? troubles[error as keyof typeof troubles] : staffWords.mail.answered(error);
}
