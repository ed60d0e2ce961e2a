import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner, Wait } from "../../ui/banner.tsx";
import { Failed } from "../../ui/feedback/states.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { useLoaded } from "../../wire/loaded.ts";
import { sentenceOf } from "../../wire/request.ts";
import { type Choosable, peopleOf } from "../planning/people.ts";
import { calls } from "./calls.ts";
import { GoOn } from "./go-on.tsx";
import type { StepProps } from "./steps.ts";

/** A personal link for each client. Each is shown once, here, and can be made again. */
export function LinksStep({ left, onDone }: StepProps) {
  const [loaded, again] = useLoaded(`links ${left.program ?? ""}`, async () => (left.program === null ? [] : (await peopleOf(left.program)).clients));
  if (loaded.is === "loading") return <Wait>{staffWords.pages.opening}</Wait>;
  if (loaded.is === "failed") return <Failed sentence={loaded.sentence} onAgain={again} />;
  return (
    <div class="stack">
      {loaded.value.length === 0 ? <Banner tone="warn">{staffWords.firstRun.noClients}</Banner> : <Links clients={loaded.value} />}
      <GoOn onDone={onDone} />
    </div>
  );
}

function Links({ clients }: { readonly clients: readonly Choosable[] }) {
  return (
    <ul class="card stack">
      {clients.map((client) => (
        <li key={client.person}>
          <LinkOf client={client} />
        </li>
      ))}
    </ul>
  );
}

function LinkOf({ client }: { readonly client: Choosable }) {
  const [url, setUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const make = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      setUrl((await calls.makeLink(client.enrolment)).url);
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="stack-tight">
      <strong>{client.name}</strong>
      {url !== null && <p class="small first-run-link" role="status">{url}</p>}
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div class="row">
        <Button busy={busy} onPress={() => void make()}>
          {url === null ? staffWords.firstRun.makeLink : staffWords.firstRun.makeLinkAgain}
          <span class="unseen"> {staffWords.firstRun.linkFor(client.name)}</span>
        </Button>
      </div>
    </div>
  );
}
