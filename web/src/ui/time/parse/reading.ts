/** The result of reading a typed text. */

export type Reading<T> =
  | { readonly is: "read"; readonly value: T }
  | { readonly is: "empty" }
  /** Unclear: nothing that this reader knows. */
  | { readonly is: "unclear" }
  /** Understood, but impossible: February 30, 25:00. */
  | { readonly is: "impossible" };

export const EMPTY = { is: "empty" } as const;
export const UNCLEAR = { is: "unclear" } as const;
export const IMPOSSIBLE = { is: "impossible" } as const;

export function read<T>(value: T): Reading<T> {
  return { is: "read", value };
}

/** Lower case, without accents and without invisible spaces, so that `Mié.` is `mie.`. */
export function plain(typed: string): string {
  return typed.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim().toLowerCase();
}
