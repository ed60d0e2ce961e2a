import { useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import type { ProviderQuestion } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { leave } from "./way.ts";

interface Props {
  readonly label: string;
  readonly main?: boolean;
  readonly ask: () => Promise<ProviderQuestion>;
  readonly back?: string;
}

/** Leads to the clinic's provider, to be signed in. */
export function LeaveButton({ label, main = false, ask, back = "/" }: Props) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const press = () => {
    setBusy(true);
    setTrouble(null);
    leave("sign_in", ask, back).catch((error: unknown) => {
      setTrouble(sentenceOf(error));
      setBusy(false);
    });
  };
  return (
    <>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <Button {...(main && { kind: "main" })} wide busy={busy} busyWords={staffWords.provider.leaving} onPress={press}>
        {staffWords.provider.goOnWith(label)}
      </Button>
    </>
  );
}
