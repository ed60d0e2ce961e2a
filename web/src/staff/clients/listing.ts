/** The rows of the list: fetched again after each pause in typing; a late answer never replaces a newer one. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { ClientRow, SearchClients } from "../../wire/api.gen.ts";
import { isSignedOut, sentenceOf } from "../../wire/request.ts";
import { useOffice } from "../office/signed-in.ts";
import { clientsApi } from "./api.ts";
import { asked, type Filters } from "./filters.ts";

export interface Listing {
  /** Null until the first answer. */
  readonly rows: readonly ClientRow[] | null;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly again: () => void;
  /** Fetches the next page; null at the end of the list. */
  readonly more: (() => void) | null;
}

interface Answered {
  readonly rows: readonly ClientRow[];
  readonly next: string | null;
}

const PAUSE_MS = 150;

export function useListing(typed: string, filters: Filters): Listing {
  const office = useOffice();
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const round = useRef(0);
  const fetchRows = async (before: Answered | null) => {
    round.current += 1;
    const own = round.current;
    setBusy(true);
    try {
      const answer = await clientsApi.search(wanted(typed, filters, before?.next ?? null));
      if (own !== round.current) return;
      setAnswered({ rows: [...(before?.rows ?? []), ...answer.items], next: answer.next });
      setFailure(null);
    } catch (error) {
      if (own !== round.current) return;
      if (isSignedOut(error)) office.onSignedOut();
      setFailure(sentenceOf(error));
    }
    setBusy(false);
  };
  useEffect(() => {
    const pause = setTimeout(() => void fetchRows(null), answered === null ? 0 : PAUSE_MS);
    return () => clearTimeout(pause);
  }, [typed, JSON.stringify(filters)]);
  const next = answered?.next ?? null;
  return {
    rows: answered?.rows ?? null,
    busy,
    failure,
    again: () => void fetchRows(null),
    more: next === null ? null : () => void fetchRows(answered),
  };
}

function wanted(typed: string, filters: Filters, after: string | null): SearchClients {
  return { text: typed.trim().slice(0, 200), ...asked(filters), sort: filters.sort, after };
}
