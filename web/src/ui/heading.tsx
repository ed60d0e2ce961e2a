import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

let pagesShown = 0;

/** The page's own heading: names the window, and takes the keyboard when one page gives way to another. */
export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Vesper`;
    pagesShown += 1;
    if (pagesShown > 1) heading.current?.focus();
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
