/** What the forms about guests hold, and the requests that they become. */

import { timeRange, day } from "../../format.ts";
import { staffWords } from "../../messages/words.ts";
import type {
  FileRelease, GuestFor, InviteGuest, Language, LocalDate, Relation, Release, ReleaseScope, SessionChoice, SessionKind,
} from "../../wire/api.gen.ts";
import { RequestRefused } from "../../wire/request.ts";

export type Way = "session" | "kind" | "none";
export type Passing = "mail" | "shown";

/** What a link opens, and how the guest gets it. */
export interface LinkValues {
  readonly way: Way;
  readonly session: string | null;
  /** A program and a kind, as `kindsAhead` names them. */
  readonly kind: string | null;
  readonly until: LocalDate | null;
  readonly passing: Passing;
}

export interface ReleaseValues {
  readonly scopes: readonly ReleaseScope[];
  readonly signedOn: LocalDate | null;
  readonly expiresOn: LocalDate | null;
  readonly signedIn: Language;
}

export interface GuestValues extends LinkValues, ReleaseValues {
  readonly name: string;
  readonly relation: Relation | null;
  readonly email: string;
  readonly phone: string;
  readonly language: Language;
  readonly minor: boolean;
  readonly guardian: string;
  readonly guardianOn: LocalDate | null;
}

export const NO_LINK: LinkValues = { way: "session", session: null, kind: null, until: null, passing: "shown" };
export const NO_RELEASE: ReleaseValues = { scopes: ["attend"], signedOn: null, expiresOn: null, signedIn: "en" };
export const NOBODY: GuestValues = {
  ...NO_LINK, ...NO_RELEASE, name: "", relation: null, email: "", phone: "", language: "en", minor: false, guardian: "", guardianOn: null,
};

/** A program and a kind of which sessions are ahead: a link can open all of them. */
export interface KindAhead {
  readonly value: string;
  readonly program: string;
  readonly kind: SessionKind;
  readonly label: string;
}

export function kindsAhead(sessions: readonly SessionChoice[]): readonly KindAhead[] {
  const found = sessions.map(({ program, program_name: name, kind }) => ({
    value: `${kind} ${program}`, program, kind, label: staffWords.common.untitled(staffWords.common.kinds[kind], name),
  }));
  return [...new Map(found.map((each) => [each.value, each])).values()].filter(({ kind }) => kind !== "mutual_help");
}

/** `Family evening, Wednesday, March 4, 6:00 – 7:30 PM EST`. */
export function sessionSaid({ title, kind, starts, ends, timezone: zone }: SessionChoice): string {
  return `${title || staffWords.common.kinds[kind]}, ${day(starts, { zone })}, ${timeRange(starts, ends, { zone })}`;
}

/** What was given for a place of the request. An empty field is refused there, before anything is sent. */
function given<Value extends string>(value: Value | null, path: string): Value {
  if (value === null || value.trim() === "") throw new RequestRefused("invalid_input", 422, staffWords.guests.missing, path);
  return value;
}

export function linkOf(values: LinkValues, sessions: readonly SessionChoice[], path: string): GuestFor | null {
  if (values.way === "none") return null;
  const by_mail = values.passing === "mail";
  if (values.way === "session") return { session: given(values.session, `${path}.session`), by_mail };
  given(values.kind, `${path}.of_kind.kind`);
  const chosen = kindsAhead(sessions).find(({ value }) => value === values.kind);
  const until = given(values.until, `${path}.of_kind.until`);
  return chosen === undefined ? { by_mail } : { of_kind: { program: chosen.program, kind: chosen.kind, until }, by_mail };
}

const releaseOf = (values: ReleaseValues): Release => ({
  scopes: values.scopes,
  signed_on: given(values.signedOn, "$.release.signed_on"),
  expires_on: given(values.expiresOn, "$.release.expires_on"),
  language: values.signedIn,
});

export function releaseToFile(values: ReleaseValues & LinkValues, sessions: readonly SessionChoice[]): FileRelease {
  return { release: releaseOf(values), link: linkOf(values, sessions, "$.link") };
}

export function invitationOf(values: GuestValues, sessions: readonly SessionChoice[]): InviteGuest {
  const { name, relation, email, phone, language, minor, guardian, guardianOn } = values;
  return {
    name: given(name, "$.name"),
    relation: given(relation, "$.relation"),
    email: email.trim() || null,
    phone: phone.trim() || null,
    language,
    minor,
    guardian: minor ? { name: given(guardian, "$.guardian.name"), signed_on: given(guardianOn, "$.guardian.signed_on") } : null,
    release: releaseOf(values),
    link: linkOf(values, sessions, "$.link"),
  };
}
