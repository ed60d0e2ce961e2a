import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** The width before layout, and without a measurement. */
const USUAL = 560;

/** The width available for a chart, in CSS pixels, so that its text keeps the page's font size. */
export function useWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const measured = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL);
  useLayoutEffect(() => {
    if (measured.current === null || !("ResizeObserver" in globalThis)) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, Math.floor(entry.contentRect.width))));
    observer.observe(measured.current);
    return () => observer.disconnect();
  }, []);
  return [measured, width];
}
