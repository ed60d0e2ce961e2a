import { useState } from "preact/hooks";
import { day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { OwnProvider } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { NotConfirmed, useConfirmation } from "../access/confirm.tsx";
import { providerApi } from "./api.ts";
import { leave } from "./way.ts";

interface Props {
  readonly own: OwnProvider;
  readonly onChanged: () => void;
}

/** One's own account at the clinic's provider, on the page of one's own sign-in. */
export function OwnAccount({ own, onChanged }: Props) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { confirmed, question } = useConfirmation();
  const { label, linked } = own;
  if (label === null) return null;
  const link = async () => {
    setTrouble(null);
    try {
      await confirmed(() => leave("link", providerApi.link));
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setTrouble(sentenceOf(error));
    }
  };
  const unlink = async () => {
    setAsking(false);
    try {
      await confirmed(providerApi.unlink);
      toast(staffWords.provider.unlinked);
      onChanged();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setTrouble(sentenceOf(error));
    }
  };
  return (
    <section class="stack" aria-labelledby="provider">
      <h2 id="provider">{label}</h2>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div class="card row between">
        <p>{linked === null ? staffWords.provider.ownNotLinked(label) : staffWords.provider.ownLinked(day(Date.parse(linked)))}</p>
        {linked === null ? (
          <Button onPress={() => void link()}>{staffWords.provider.link}</Button>
        ) : (
          own.has_password && <Button onPress={() => setAsking(true)}>{staffWords.provider.unlink}</Button>
        )}
      </div>
      {linked !== null && !own.has_password && <p class="small soft">{staffWords.provider.onlyWay}</p>}
      {asking && (
        <Question
          title={staffWords.provider.unlinkAsk}
          yes={staffWords.provider.unlink}
          consequences={[staffWords.provider.unlinkMeans]}
          sentenceOf={sentenceOf}
          onYes={unlink}
          onNo={() => setAsking(false)}
        />
      )}
      {question}
    </section>
  );
}
