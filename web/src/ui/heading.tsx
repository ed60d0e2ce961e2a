import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language } from "../messages/words.ts";

let pagesShown = 0;

/** The page's own heading: names the window, and takes the focus when another page is shown. */
export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const spoken = useRef(language());
  useEffect(() => {
    document.title = `${title} · Vesper`;
    // The same page in another language: the focus stays on the language switch.
    const translated = spoken.current !== language();
    spoken.current = language();
    if (translated) return;
    pagesShown += 1;
    if (pagesShown > 1) heading.current?.focus();
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children || title}
    </h1>
  );
}
