import { dateAt, dateOf } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type { GuestRelease } from "../../wire/api.gen.ts";

/** Whether the release stands, in a word. */
export function Standing({ release: { stands, revoked, last_day: last } }: { readonly release: GuestRelease }) {
  const words = staffWords.guests;
  if (stands) return <span class="badge good">{last === null ? words.stands : words.standsUntil(dateOf(last))}</span>;
  return <span class="badge warn">{revoked === null ? words.hasEnded : words.wasRevoked}</span>;
}

/** How the release was given and by whom it was filed, what it allows, and how it ended. */
export function Release({ release }: { readonly release: GuestRelease }) {
  const words = staffWords.guests;
  const { scopes, signed_on: signed, filed_by, given, revoked, revoked_by, last_day: last } = release;
  return (
    <div class="stack-tight">
      <p>{scopes.map((scope) => words.scopeWords[scope]).join(" · ")}</p>
      <p class="small soft">
        {given === "browser" ? words.givenHere(dateOf(signed)) : words.givenOnPaper(dateOf(signed))}
        {filed_by !== null && <> {words.filedBy(filed_by)}</>}
        {revoked !== null && <> {words.revokedOn(dateAt(revoked), revoked_by)}</>}
        {revoked === null && !release.stands && last !== null && <> {words.endedOn(dateOf(last))}</>}
      </p>
    </div>
  );
}
