import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Banner } from "../banner.tsx";
import { Dialog } from "../dialog.tsx";
import { Button } from "../forms/button.tsx";
import { words } from "./words.ts";
import "./feedback.css";

interface Props {
  /** The question: "Remove Pat from the session?" */
  readonly title: string;
  /** What will be so afterwards, for whom: one sentence each. */
  readonly consequences: readonly string[];
  /** The verb of the question: "Remove". */
  readonly yes: string;
  readonly grave?: boolean;
  /** The question stays until it is done; what is thrown is shown, as the sentence that `sentenceOf` makes of it. */
  readonly onYes: () => void | Promise<void>;
  readonly onNo: () => void;
  readonly sentenceOf?: (error: unknown) => string;
  /** More to decide, such as a reason. */
  readonly children?: ComponentChildren;
}

/** Asks before something that touches others, and says what will happen. The gentle answer has the keyboard. */
export function Confirm({ title, consequences, yes, grave = false, onYes, onNo, sentenceOf, children }: Props) {
  const [trying, setTrying] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const agree = async () => {
    setTrying(true);
    setTrouble(null);
    try {
      await onYes();
    } catch (error) {
      setTrouble(sentenceOf?.(error) ?? words.goneWrong);
    } finally {
      setTrying(false);
    }
  };
  return (
    <Dialog title={title} onClose={onNo}>
      {consequences.length > 0 && (
        <div class="stack-tight">
          <p>{words.whatHappens}</p>
          <ul class="bullets">
            {consequences.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      )}
      {children}
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div class="answers">
        <button type="button" class="button" onClick={onNo}>
          {words.cancel}
        </button>
        <Button kind={grave ? "grave" : "main"} busy={trying} onPress={agree}>
          {yes}
        </Button>
      </div>
    </Dialog>
  );
}
