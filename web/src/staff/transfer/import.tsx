import { useRef, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { Field } from "../../ui/forms/field.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { ClientImport } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { transferApi } from "./api.ts";
import { useFollowing } from "./following.ts";
import { PreviewOf } from "./preview.tsx";
import "./transfer.css";

/** Clients from a file: chosen, shown as they would be, and taken in together. */
export function ImportPage() {
  const { file, trouble, follow } = useFollowing();
  const waits = file !== null && (file.state === "checking" || file.state === "applying");
  return (
    <div class="stack">
      <PageHead
        title={staffWords.transfer.importTitle}
        lead={staffWords.transfer.importLead}
        path={[{ href: "/clients", label: staffWords.clients.title }]}
      />
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      {file !== null && <Outcome file={file} onApply={follow} />}
      {!waits && <Choose again={file !== null} onBrought={follow} />}
    </div>
  );
}

interface OutcomeProps {
  readonly file: ClientImport;
  readonly onApply: (file: ClientImport) => void;
}

/** The file in whatever state it is. */
function Outcome({ file, onApply }: OutcomeProps) {
  switch (file.state) {
    case "outdated":
      return <Banner tone="warn">{staffWords.transfer.outdated}</Banner>;
    case "applied":
      return <Applied file={file} />;
    case "checked":
      return file.preview === null ? null : <PreviewOf file={file} preview={file.preview} onApply={onApply} />;
    default:
      return <Progress file={file} />;
  }
}

interface ChooseProps {
  readonly again: boolean;
  readonly onBrought: (file: ClientImport) => void;
}

/** The file field. What is wrong with a file stands at the field, which gets the focus. */
function Choose({ again, onBrought }: ChooseProps) {
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setWrong(null);
    try {
      const chosen = field.current?.files?.[0];
      if (chosen === undefined) throw new NoFile(staffWords.transfer.chooseFirst);
      onBrought(await transferApi.bring(await base64Of(chosen)));
      if (field.current !== null) field.current.value = "";
    } catch (refused) {
      setWrong(refused instanceof NoFile ? refused.message : sentenceOf(refused));
      field.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="card stack medium" noValidate onSubmit={send} aria-label={again ? staffWords.transfer.another : staffWords.transfer.importTitle}>
      {again && <h2>{staffWords.transfer.another}</h2>}
      <Field label={staffWords.transfer.file} help={staffWords.transfer.fileHelp} error={wrong ?? ""} required>
        {(wiring) => <input {...wiring} ref={field} class="file-field" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={() => setWrong(null)} />}
      </Field>
      {!again && <p class="soft">{staffWords.transfer.idsMatter}</p>}
      <div class="row">
        <Button kind={again ? undefined : "main"} type="submit" busy={busy} busyWords={staffWords.transfer.sending}>
          {staffWords.transfer.look}
        </Button>
        <a class="button" href="/api/import-template" download="clients.csv">
          {staffWords.transfer.template}
        </a>
      </div>
    </form>
  );
}

class NoFile extends Error {}

/** The file's bytes as the service takes them. */
async function base64Of(file: File): Promise<string> {
  const reader = new FileReader();
  const address = await new Promise<string>((resolve, reject) => {
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(new NoFile(staffWords.transfer.unreadableFile)));
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(",") + 1);
}

function Progress({ file: { state, done, total } }: { readonly file: ClientImport }) {
  const said = state === "checking" ? staffWords.transfer.checking : staffWords.transfer.applying;
  return (
    <section class="card stack-tight" aria-label={said}>
      <p role="status">{said}</p>
      <progress class="transfer-bar" aria-label={said} value={done} max={Math.max(total, 1)} />
      <p class="soft">{staffWords.transfer.progress(done, total)}</p>
    </section>
  );
}

function Applied({ file: { preview } }: { readonly file: ClientImport }) {
  const action = <a class="button" href="/clients">{staffWords.transfer.toClients}</a>;
  return (
    <Banner tone="good" action={action}>
      {staffWords.transfer.applied(preview?.new ?? 0, preview?.changed ?? 0)}
    </Banner>
  );
}
