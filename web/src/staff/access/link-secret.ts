/** The secret of a link in a mail. */

/** The link's secret; it goes out of the address at once, so that it stays in no history. */
export function takeSecret(): string {
  const secret = location.hash.slice(1);
  if (secret !== "") history.replaceState(history.state, "", location.pathname);
  return secret;
}
