/** The secret of a personal link, which this tab keeps until it is closed. */

import { comeBack, kept } from "../storage.ts";

export const link = kept<string>(() => sessionStorage, "vesper.link");

/** The secret, moved from the address into the tab's storage, so that nobody sees or copies it. */
export function takeLink(): string | null {
  const secret = location.hash.slice(1);
  if (secret === "") return link.read();
  history.replaceState(null, "", location.pathname);
  if (link.read() !== secret) comeBack.forget();
  link.keep(secret);
  return secret;
}
