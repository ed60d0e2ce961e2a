import { useRef, useState } from "preact/hooks";
import { staffWords } from "../../messages/words.ts";
import { X } from "../../icons.ts";
import { dismiss, hold, release, type Toast, toast, toasts } from "./toasts.ts";
import "./feedback.css";

/** The place where news appears: once on a page, and before any news, so that all news is read out. */
export function Toasts() {
  const region = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const enter = (event: FocusEvent) => {
    hold();
    const from = event.relatedTarget;
    if (from instanceof HTMLElement && !region.current?.contains(from)) before.current = from;
  };
  const close = (key: number) => {
    const inside = region.current?.contains(document.activeElement);
    dismiss(key);
    if (inside) before.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const latest = toasts.value.at(-1);
    if (event.key === "Escape" && latest !== undefined) close(latest.key);
  };
  const keep = { onMouseEnter: hold, onMouseLeave: release, onFocusIn: enter, onFocusOut: release, onKeyDown: press };
  return (
    <section ref={region} class="toasts no-print" aria-label={staffWords.parts.feedback.news} {...keep}>
      <div role="log" aria-live="polite" aria-relevant="additions">
        {toasts.value.map((news) => (
          <News key={news.key} news={news} onClose={() => close(news.key)} />
        ))}
      </div>
    </section>
  );
}

function News({ news, onClose }: { readonly news: Toast; readonly onClose: () => void }) {
  const [trying, setTrying] = useState(false);
  const undo = async () => {
    if (trying || news.undo === undefined) return;
    setTrying(true);
    try {
      await news.undo();
      onClose();
      toast(staffWords.parts.feedback.undone);
    } catch {
      onClose();
      toast(staffWords.parts.feedback.goneWrong);
    }
  };
  return (
    <div class="toast">
      <span>{news.sentence}</span>
      {news.undo !== undefined && (
        <button type="button" class="button plain" aria-disabled={trying} onClick={undo}>
          {staffWords.parts.feedback.undo}
          <span class="unseen">: {news.sentence}</span>
        </button>
      )}
      <button type="button" class="button plain icon-only" aria-label={`${staffWords.parts.feedback.close}: ${news.sentence}`} onClick={onClose}>
        <X aria-hidden="true" />
      </button>
    </div>
  );
}
