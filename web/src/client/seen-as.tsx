import { useState } from "preact/hooks";
import { words } from "../messages/words.ts";
import { Banner } from "../ui/banner.tsx";
import type { AliasOffer } from "../wire/api.gen.ts";
import { sentenceOf } from "../wire/request.ts";
import { api } from "./api.ts";

interface SeenAsProps {
  readonly link: string;
  readonly offer: AliasOffer;
  readonly onChanged: (offer: AliasOffer) => void;
}

/** What the others in the room will see of the person, with a choice of others. Whoever enters agrees to it. */
export function SeenAs({ link, offer, onChanged }: SeenAsProps) {
  const [choosing, setChoosing] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const choose = async (alias: string) => {
    setTrouble(null);
    try {
      onChanged(await api.confirmAlias(link, alias));
      setChoosing(false);
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  };
  return (
    <div class="card stack-tight">
      <div class="row">
        <p role="status">
          {words.door.seenAs} <strong><bdi>{offer.alias}</bdi></strong>
        </p>
        <button type="button" class="button plain" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
          {words.door.otherAlias}
        </button>
      </div>
      <p class="small soft">{words.door.seenAsMeans}</p>
      {choosing && (
        <fieldset class="field">
          <legend>{words.door.chooseAlias}</legend>
          {[offer.alias, ...offer.others].map((alias) => (
            <label key={alias} class="check">
              <input type="radio" name="alias" checked={alias === offer.alias} onChange={() => void choose(alias)} />
              <bdi>{alias}</bdi>
            </label>
          ))}
        </fieldset>
      )}
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
    </div>
  );
}

/** Agrees to the shown alias on the way in. If that fails, the person comes in all the same, and is asked again. */
export async function agree(link: string, { alias, confirmed }: AliasOffer): Promise<void> {
  if (!confirmed) await api.confirmAlias(link, alias).catch(() => null);
}
