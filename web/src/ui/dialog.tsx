import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog: Escape closes it, and however it is closed, the keyboard goes back to where it was. */
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
  // The browser says only later that it has closed: by then the same dialog may have been opened again.
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
  readonly title: string;
  readonly yes: string;
  readonly no?: string;
  readonly grave?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly children: ComponentChildren;
}

/** Asks once more before something that touches others or cannot be undone. The gentle answer has the keyboard. */
export function Question({ title, yes, no = "Cancel", grave = false, onYes, onNo, children }: QuestionProps) {
  return (
    <Dialog title={title} onClose={onNo}>
      <div>{children}</div>
      <div class="answers">
        <button type="button" class="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" class={`button ${grave ? "grave" : "main"}`} onClick={onYes}>
          {yes}
        </button>
      </div>
    </Dialog>
  );
}
