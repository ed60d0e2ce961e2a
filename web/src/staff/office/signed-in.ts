/** Who works in the office, for the pages within its frame. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Me } from "../../wire/api.gen.ts";

interface SignedIn {
  readonly me: Me;
  /** Ask for the sign-in: the service no longer knows this one. */
  readonly onSignedOut: () => void;
  /** Ask the service again who is signed in, after a change of name, roles or policy. */
  readonly onChanged: () => void;
}

export const OfficeContext = createContext<SignedIn | null>(null);

/** Null on a page that stands alone, such as the room. */
export const useOfficeIfAny = (): SignedIn | null => useContext(OfficeContext);

/** For the pages within the frame; a page that stands alone has no use for it. */
export function useOffice(): SignedIn {
  const office = useOfficeIfAny();
  if (office === null) throw new TypeError("no_office");
  return office;
}
