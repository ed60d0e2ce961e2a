/** How a session is divided: the parts that people choose from, and the times that follow. */

import type { CreateSession, SessionKind } from "../../wire/api.gen.ts";

interface Part {
  readonly minutes: number;
  /** `own` is the session's own kind; null is a break. */
  readonly kind: SessionKind | "own" | null;
}

export const SHAPES = {
  evening: [{ minutes: 90, kind: "own" }, { minutes: 15, kind: null }, { minutes: 90, kind: "skills" }],
  two_hours: [{ minutes: 120, kind: "own" }],
  ninety: [{ minutes: 90, kind: "own" }],
  hour: [{ minutes: 60, kind: "own" }],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

export type ShapeName = keyof typeof SHAPES;

/** A mutual-help meeting has a time and nothing else: neither parts nor breaks. */
export const shapesFor = (kind: SessionKind): readonly ShapeName[] =>
  (Object.keys(SHAPES) as ShapeName[]).filter((shape) => kind !== "mutual_help" || SHAPES[shape].length === 1);

type Times = Required<Pick<CreateSession, "starts" | "ends" | "blocks" | "breaks">>;

/** The blocks and breaks of a session of that shape, one after the other from its start. */
export function timesOf(shape: ShapeName, starts: string, kind: SessionKind): Times {
  const parts: readonly Part[] = SHAPES[shape];
  let at = Date.parse(starts);
  const spans = parts.map((part) => {
    const start = new Date(at).toISOString();
    at += part.minutes * 60_000;
    return { ...part, start, end: new Date(at).toISOString() };
  });
  const whole = { starts, ends: new Date(at).toISOString() };
  if (kind === "mutual_help") return { ...whole, blocks: [], breaks: [] };
  return {
    ...whole,
    blocks: spans.flatMap((span) => (span.kind === null ? [] : [{ kind: span.kind === "own" ? kind : span.kind, start: span.start, end: span.end }])),
    breaks: spans.filter((span) => span.kind === null).map(({ start, end }) => [start, end] as const),
  };
}
