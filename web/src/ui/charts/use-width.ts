import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Before the page is laid out, and where nothing measures. */
const USUAL = 560;

/** The width there is for a picture, in CSS pixels, so that its letters keep the size of the page's. */
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
