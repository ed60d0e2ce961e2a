import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { words } from "../messages/words.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./forms/button.tsx";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog. Escape closes it, and each way of closing returns the focus. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  const name = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      gone.current = true;
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  // The close event comes late: the same dialog may have been opened again by then.
  const closed = () => {
    if (!gone.current) onClose();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={name} onClose={closed}>
      <div class="stack">
        <h2 id={name}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

interface QuestionProps {
  /** "Remove Pat from the session?" */
  readonly title: string;
  /** The verb of the question: "Remove". */
  readonly yes: string;
  readonly no?: string;
  readonly grave?: boolean;
  /** What will be so afterwards, for whom: one sentence each. */
  readonly consequences?: readonly string[];
  /** The question waits for what this promises. Where that fails it stays, and says why. */
  readonly onYes: () => void | Promise<void>;
  readonly onNo: () => void;
  /** What to say of what was thrown. */
  readonly sentenceOf?: (error: unknown) => string;
  readonly children?: ComponentChildren;
}

/** Asks once more before something that touches others or cannot be undone. The gentle answer has the keyboard. */
export function Question(props: QuestionProps) {
  const { title, yes, no = words.common.cancel, grave = false, consequences = [], onYes, onNo, sentenceOf, children } = props;
  const [trying, setTrying] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const agree = async () => {
    setTrying(true);
    setTrouble(null);
    try {
      await onYes();
    } catch (error) {
      setTrouble(sentenceOf?.(error) ?? words.common.goneWrong);
    } finally {
      setTrying(false);
    }
  };
  return (
    <Dialog title={title} onClose={onNo}>
      <Consequences sentences={consequences} />
      {children !== undefined && <div>{children}</div>}
      {trouble !== null && <Banner tone="bad">{trouble}</Banner>}
      <div class="answers">
        <Button onPress={onNo}>{no}</Button>
        <Button kind={grave ? "grave" : "main"} busy={trying} onPress={agree}>
          {yes}
        </Button>
      </div>
    </Dialog>
  );
}

function Consequences({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div class="stack-tight">
      <p>{words.common.whatHappens}</p>
      <ul class="bullets">
        {sentences.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  );
}
