import { useEffect, useState } from "preact/hooks";
import { dateAt } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Dialog, Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import type { ClinicExport } from "../../wire/api.gen.ts";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { NotConfirmed, useConfirmation } from "../access/confirm.tsx";
import { NotShown } from "../not-shown.tsx";
import { transferApi } from "./api.ts";
import "./transfer.css";

const EVERY_MS = 2_000;
type Act = "ask" | "approve" | "fetch" | "stop";

interface Asked {
  readonly act: Act;
  readonly of: ClinicExport | null;
}

/** Exports of the whole clinic: asked for, approved by somebody else, fetched once. */
export function ExportsPage() {
  const [loaded, again] = useLoaded("exports", transferApi.exports, { whenSeen: true });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { confirmed, question } = useConfirmation();
  const writing = loaded.is === "there" && loaded.value.some(({ state }) => state === "approved");
  useEffect(() => {
    if (!writing) return undefined;
    const waiting = setInterval(again, EVERY_MS);
    return () => clearInterval(waiting);
  }, [writing, again]);
  if (loaded.is === "failed") return <NotShown loaded={loaded} again={again} />;
  const act = async ({ act: name, of }: Asked) => {
    setAsked(null);
    setTrouble(null);
    try {
      const phrase = await confirmed(() => done(name, of));
      setPassphrase(phrase);
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setTrouble(sentenceOf(error));
    }
    again();
  };
  return (
    <div class="stack">
      <PageHead
        title={staffWords.transfer.exportsTitle}
        lead={staffWords.transfer.exportsLead}
        actions={<Button kind="main" onPress={() => setAsked({ act: "ask", of: null })}>{staffWords.transfer.ask}</Button>}
      />
      <p class="medium soft">{staffWords.transfer.exportsHow}</p>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      {loaded.is === "loading" && <Wait>{staffWords.transfer.fetching}</Wait>}
      {loaded.is === "there" && loaded.value.length === 0 && <p class="card">{staffWords.transfer.none}</p>}
      {loaded.is === "there" && loaded.value.length > 0 && (
        <Table caption={staffWords.transfer.table} unseenCaption columns={columns(setAsked)} rows={loaded.value} keyOf={({ id }) => id} />
      )}
      {asked !== null && <Sure asked={asked} onYes={() => void act(asked)} onNo={() => setAsked(null)} />}
      {passphrase !== null && <Passphrase passphrase={passphrase} onKept={() => setPassphrase(null)} />}
      {question}
    </div>
  );
}

/** Does what was asked for; returns the passphrase of a new export. */
async function done(act: Act, of: ClinicExport | null): Promise<string | null> {
  if (act === "ask" || of === null) return (await transferApi.ask()).passphrase;
  if (act === "fetch") await transferApi.fetch(of.id);
  else await transferApi[act](of.id);
  toast({ approve: staffWords.transfer.approved, fetch: staffWords.transfer.fetched, stop: staffWords.transfer.stopped }[act]);
  return null;
}

function Sure({ asked: { act, of }, onYes, onNo }: { readonly asked: Asked; readonly onYes: () => void; readonly onNo: () => void }) {
  const { transfer } = staffWords;
  const said = {
    ask: { title: transfer.askTitle, yes: transfer.askYes, consequences: transfer.askMeans },
    approve: { title: transfer.approveTitle(of?.asked_by ?? ""), yes: transfer.approve, consequences: transfer.approveMeans },
    fetch: { title: transfer.fetchTitle, yes: transfer.fetchYes, consequences: transfer.fetchMeans },
    stop: { title: transfer.stopTitle, yes: transfer.stop, consequences: transfer.stopMeans },
  }[act];
  return <Question {...said} grave={act === "stop" || act === "approve"} onYes={onYes} onNo={onNo} />;
}

function Passphrase({ passphrase, onKept }: { readonly passphrase: string; readonly onKept: () => void }) {
  const copy = async () => {
    await navigator.clipboard.writeText(passphrase);
    toast(staffWords.transfer.copied);
  };
  return (
    <Dialog title={staffWords.transfer.passphraseTitle} onClose={onKept}>
      <p class="passphrase" aria-label={staffWords.transfer.passphrase}>
        <code translate={false}>{passphrase}</code>
      </p>
      <p>{staffWords.transfer.passphraseMeans}</p>
      <div class="answers">
        <Button onPress={() => void copy()}>{staffWords.transfer.copy}</Button>
        <Button kind="main" onPress={onKept}>{staffWords.transfer.kept}</Button>
      </div>
    </Dialog>
  );
}

const columns = (ask: (asked: Asked) => void): readonly Column<ClinicExport>[] => [
  {
    name: "asked",
    label: staffWords.transfer.askedBy,
    cell: (one) => (
      <>
        <bdi>{one.yours ? staffWords.transfer.yours : one.asked_by}</bdi>, {dateAt(one.asked_at)}
      </>
    ),
  },
  { name: "approved", label: staffWords.transfer.approvedBy, cell: ({ approved_by }) => <bdi>{approved_by ?? staffWords.transfer.nobodyYet}</bdi> },
  { name: "state", label: staffWords.transfer.stateOf, cell: (one) => <StateOf export={one} /> },
  { name: "until", label: staffWords.transfer.until, cell: (one) => (isOpen(one) ? dateAt(one.expires_at) : "–") },
  { name: "act", label: staffWords.transfer.act, cell: (one) => <Acts export={one} ask={ask} /> },
];

const isOpen = ({ state }: ClinicExport): boolean => state === "asked" || state === "approved" || state === "ready";

function StateOf({ export: { state, done: parts, total } }: { readonly export: ClinicExport }) {
  const tone = state === "ready" ? "good" : state === "asked" ? "warn" : "";
  const percent = total === 0 ? 0 : Math.floor((100 * parts) / total);
  return (
    <span class={`badge ${tone}`}>
      {state === "approved" ? staffWords.transfer.written(percent) : staffWords.transfer.stateWords[state]}
    </span>
  );
}

function Acts({ export: one, ask }: { readonly export: ClinicExport; readonly ask: (asked: Asked) => void }) {
  if (!isOpen(one)) return <>–</>;
  return (
    <span class="row">
      {one.state === "asked" && !one.yours && <Button onPress={() => ask({ act: "approve", of: one })}>{staffWords.transfer.approve}</Button>}
      {one.state === "ready" && one.yours && <Button kind="main" onPress={() => ask({ act: "fetch", of: one })}>{staffWords.transfer.fetch}</Button>}
      <Button onPress={() => ask({ act: "stop", of: one })}>{staffWords.transfer.stop}</Button>
    </span>
  );
}
