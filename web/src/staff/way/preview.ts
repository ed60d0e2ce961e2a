/** What an act or an admission would change, asked before it is saved. */

import { useState } from "preact/hooks";
import type { Effects } from "../../wire/api.gen.ts";
import type { Trouble } from "../../wire/form.ts";
import { RequestRefused, sentenceOf } from "../../wire/request.ts";

interface Seen<Body> {
  readonly body: Body;
  readonly effects: Effects;
}

export interface Preview<Body> {
  /** The body that was asked about, with its effects; null before, and after it was put away. */
  readonly seen: Seen<Body> | null;
  /** Why it was refused. What was typed stays. */
  readonly trouble: Trouble | null;
  readonly ask: (body: Body) => Promise<void>;
  readonly putAway: () => void;
}

export function usePreview<Body>(look: (body: Body) => Promise<Effects>): Preview<Body> {
  const [seen, setSeen] = useState<Seen<Body> | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const ask = async (body: Body) => {
    try {
      setSeen({ body, effects: await look(body) });
      setTrouble(null);
    } catch (error) {
      setTrouble({ error, sentence: sentenceOf(error), field: fieldOf(error) });
    }
  };
  return { seen, trouble, ask, putAway: () => setSeen(null) };
}

const fieldOf = (error: unknown): string | null => (error instanceof RequestRefused ? (error.path?.replace("$.", "") ?? null) : null);
