/** The filters of the list of clients, which a link carries: ids and codes, and never what was typed. */

import type { ClientSort, ClientState } from "../../wire/api.gen.ts";

export interface Filters {
  readonly state: ClientState | null;
  readonly program: string | null;
  readonly facilitator: string | null;
  readonly sort: ClientSort;
}

export const STATES: readonly ClientState[] = ["current", "waiting", "discharged", "guest"];
export const SORTS: readonly ClientSort[] = ["name", "newest"];
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The filters in an address; what is none is left out. */
export function filtersIn(query: URLSearchParams): Filters {
  const id = (name: string) => {
    const given = query.get(name);
    return given !== null && ID.test(given) ? given : null;
  };
  return {
    state: STATES.find((state) => state === query.get("state")) ?? null,
    program: id("program"),
    facilitator: id("facilitator"),
    sort: SORTS.find((sort) => sort === query.get("sort")) ?? "name",
  };
}

/** The filters as an address carries them; what is usual is left out. */
export function asked({ sort, ...filters }: Filters): Readonly<Record<string, string | null>> {
  return { ...filters, sort: sort === "name" ? null : sort };
}

/** Whether the list is narrowed down. */
export function narrows({ state, program, facilitator }: Filters): boolean {
  return state !== null || program !== null || facilitator !== null;
}
