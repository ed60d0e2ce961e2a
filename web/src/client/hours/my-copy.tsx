import { useState } from "preact/hooks";
import { words } from "../../messages/words.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/forms/button.tsx";
import { sentenceOf } from "../../wire/request.ts";
import { api } from "../api.ts";

/** Everything that the clinic keeps about the client, as a file of their own. */
export function MyCopy({ link }: { readonly link: string }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const take = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await api.myCopy(link);
    } catch (error) {
      setTrouble(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card stack" aria-label={words.hours.copyTitle}>
      <h2>{words.hours.copyTitle}</h2>
      <p>{words.hours.copyMeans}</p>
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div>
        <Button busy={busy} busyWords={words.hours.copyTaking} onPress={take}>
          {words.hours.copyTake}
        </Button>
      </div>
    </section>
  );
}
