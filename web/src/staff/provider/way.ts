/** The way to the clinic's provider and back, in this tab; and what this browser remembers of it. */

import { kept } from "../../storage.ts";
import type { ProviderDoor, ProviderQuestion } from "../../wire/api.gen.ts";

export type Purpose = "sign_in" | "link" | "confirm";

interface Way {
  readonly purpose: Purpose;
  /** The page to open afterwards. */
  readonly back: string;
}

/** What this tab set out for; the provider sends it back without. */
export const way = kept<Way>(() => sessionStorage, "vesper.provider-way");
/** The clinic whose provider was used last in this browser, for the button on the page of signing in. */
export const usedDoor = kept<ProviderDoor>(() => localStorage, "vesper.provider");

/** Changes when another window of this browser has confirmed the sign-in; the browser tells all other windows. */
const CONFIRMED = "vesper.confirmed";
const confirmation = kept<number>(() => localStorage, CONFIRMED);

/** Leave for the provider. */
export async function leave(purpose: Purpose, ask: () => Promise<ProviderQuestion>, back = "/"): Promise<void> {
  const { address } = await ask();
  way.keep({ purpose, back });
  location.assign(address);
}

export const sayConfirmed = (): void => confirmation.keep(Math.random());

/** Hear from another window of this browser that the sign-in was confirmed there. Returns a function that ends it. */
export function whenConfirmed(hear: () => void): () => void {
  const listening = new AbortController();
  addEventListener("storage", ({ key }) => key === CONFIRMED && hear(), { signal: listening.signal });
  return () => listening.abort();
}

/** Pages of signing in, which a lock does not cover: they may be what opens it. */
export const isSignInPage = (path: string): boolean => path.startsWith("/sign-in/");
