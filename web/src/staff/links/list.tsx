import { useState } from "preact/hooks";
import { clock, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import { at } from "../../now.ts";
import { Question } from "../../ui/dialog.tsx";
import { toast } from "../../ui/feedback/toasts.ts";
import { Button } from "../../ui/forms/button.tsx";
import type { JoinLink } from "../../wire/api.gen.ts";
import { sentenceOf } from "../../wire/request.ts";
import { linksApi } from "./api.ts";

interface Props {
  readonly links: readonly JoinLink[];
  readonly onWithdrawn: (link: JoinLink) => void;
}

/** The client's links, the newest first. One that still opens can be withdrawn. */
export function LinkList({ links, onWithdrawn }: Props) {
  const words = staffWords.links;
  const [asked, setAsked] = useState<JoinLink | null>(null);
  const withdraw = async (link: JoinLink) => {
    await linksApi.withdraw(link.id);
    setAsked(null);
    toast(words.isWithdrawn);
    onWithdrawn(link);
  };
  if (links.length === 0) return <p class="soft">{words.none}</p>;
  return (
    <div class="stack-tight">
      <h3>{words.list}</h3>
      <ul class="plain stack-tight">
        {links.map((link) => (
          <li key={link.id} class="row row-apart">
            <span>
              {words.made(momentOf(link.created))}
              <span class="small soft block">{stateOf(link)}</span>
            </span>
            {opens(link) && (
              <Button onPress={() => setAsked(link)} aria-label={words.withdrawThis(momentOf(link.created))}>{words.withdraw}</Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Question
          title={words.withdrawAsk(momentOf(asked.created))} yes={words.withdraw} grave sentenceOf={sentenceOf}
          consequences={[words.withdrawMeans.nothing, words.withdrawMeans.rest, words.withdrawMeans.back]}
          onYes={() => withdraw(asked)} onNo={() => setAsked(null)}
        />
      )}
    </div>
  );
}

const momentOf = (moment: string): string => `${day(moment)}, ${clock(moment)}`;
const opens = ({ revoked, expires }: JoinLink): boolean => !revoked && Date.parse(expires) > at();

function stateOf(link: JoinLink): string {
  const words = staffWords.links;
  if (link.revoked) return words.withdrawn;
  return opens(link) ? words.until(momentOf(link.expires)) : words.expired(momentOf(link.expires));
}
