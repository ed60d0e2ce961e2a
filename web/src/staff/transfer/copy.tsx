import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { sentenceOf } from "../../wire/request.ts";
import type { TabProps } from "../clients/tabs.ts";
import { transferApi } from "./api.ts";

/** Everything about one client, as a file for that client. */
export function CopyPart({ client }: TabProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const make = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await transferApi.copy(client.id);
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card stack medium" aria-label={staffWords.transfer.copyTitle}>
      <h2>{staffWords.transfer.copyTitle}</h2>
      <p>{staffWords.transfer.copyLead}</p>
      <p>{staffWords.transfer.copyNotes}</p>
      <p class="soft">{staffWords.transfer.copyAudited}</p>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div>
        <Button kind="main" busy={busy} busyWords={staffWords.transfer.copyMaking} onPress={make}>
          {staffWords.transfer.copyMake}
        </Button>
      </div>
    </section>
  );
}
