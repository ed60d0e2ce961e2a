// Written from server/**/*payloads.py by `python -m vesper.typescript`. Change it there.

/** A moment, RFC 3339 in UTC. */
export type Instant = string;
/** A calendar day, such as 2026-03-04. */
export type LocalDate = string;

export type SessionKind = "group" | "individual" | "family" | "education" | "skills" | "expressive" | "medication" | "peer_support" | "intake" | "intervention" | "support" | "mutual_help";

export type GuestRole = "family_member" | "interpreter" | "support_person";

export type Role = "client" | "facilitator" | "co_facilitator" | "observer" | "family_member" | "interpreter" | "support_person";

export type CancellationReason = "facilitator_unavailable" | "weather" | "technical" | "holiday" | "too_few" | "other";

export type TakeoverReason = "did_not_come" | "left" | "sent_out" | "other";

export type Relation = "parent" | "guardian" | "partner" | "child" | "sibling" | "relative" | "friend" | "sponsor" | "interpreter" | "support_person";

export type Required = "never" | "by_role" | "always";

export type Standing = "open" | "locked" | "factor_missing";

export type Language = "en" | "es";

export type Permission = "sign_in.own" | "clinic.see" | "clinic.manage" | "staff.see" | "staff.manage" | "clients.see" | "clients.edit" | "clients.transfer" | "intake.see" | "intake.work" | "enrolments.decide" | "diagnoses.see" | "diagnoses.edit" | "guests.see" | "guests.manage" | "links.manage" | "consents.see" | "consents.manage" | "programs.see" | "programs.manage" | "sessions.see" | "sessions.see_all" | "sessions.plan" | "rooms.lead" | "rooms.oversee" | "notes.read" | "notes.write" | "hours.see" | "access.see" | "tokens.manage" | "outbox.see" | "retention.manage";

export type StaffRole = "administrator" | "supervisor" | "facilitator" | "prescriber" | "biller" | "auditor";

export type State = "ahead" | "present" | "on_leave" | "discharged";

export type Outcome = "held" | "cancelled" | "not_held";

export type Status = "present" | "partial" | "elsewhere" | "not_served" | "no_show" | "cancelled" | "not_held" | "withdrawn";

export type NoteKind = "progress" | "private_reflection" | "sud_counselling";

export type Unreadable = "text" | "draft";

export type Given = "browser" | "paper";

export type ReleaseScope = "attend" | "hear_progress" | "emergency_only";

export type MailKind = "invitation" | "password_reset" | "email_change" | "email_changed" | "invited_elsewhere" | "identity_code" | "guest_link" | "join_link";

export type MailState = "waiting" | "sent" | "failed" | "dropped" | "handed_over";

export type ClientState = "current" | "waiting" | "discharged" | "guest";

export type ContactKind = "mobile" | "phone" | "email";

export type ClientSort = "name" | "newest";

export type Asked = "none" | "clinician" | "prescriber";

export type LicenceKind = "counsellor" | "addiction_counsellor" | "social_worker" | "marriage_family" | "psychologist" | "nurse" | "nurse_practitioner" | "physician_assistant" | "physician" | "peer_specialist";

export type LicencePolicy = "warn" | "refuse";

export type StaffState = "invited" | "active" | "off";

export type Purpose = "treatment_payment_operations" | "counselling_notes" | "legal" | "involvement_in_care";

export type KeptSince = "last_service" | "session" | "end" | "creation" | "last_use" | "decision";

export type KeptUnit = "years" | "days";

export type RecordType = "client" | "group_note" | "inquiry" | "consent" | "disclosure" | "access_audit" | "mail" | "identity_code" | "known_browser" | "sign_in" | "sign_in_failure" | "invitation" | "link" | "liveness" | "spent_alias" | "transfer" | "ledger" | "attendance" | "plan" | "staff" | "upkeep";

export type RecordKind = "acts" | "attendance" | "client" | "clinic" | "consents" | "contacts" | "diagnoses" | "door" | "enrolment" | "feed" | "guests" | "inquiry" | "link" | "list" | "looks" | "mail" | "mutual_help" | "names" | "notes" | "other" | "person" | "program" | "retention" | "room" | "second_factor" | "session" | "sessions" | "sign_in" | "signature" | "staff" | "token" | "transfer";

export type Did = "saw" | "changed" | "tried";

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export type MeetingKind = "twelve_step" | "secular" | "faith" | "other";

export type TextKind = "welcome" | "rules";

export type TemplateName = "evening_sud" | "adolescent" | "mental_health_days";

export type SessionPhase = "planned" | "open" | "live" | "ended" | "cancelled";

export type Algorithm = "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "Ed25519";

export type ProviderFinding = "address_wrong" | "not_https" | "not_public" | "away" | "redirects" | "too_large" | "no_configuration" | "other_issuer" | "no_code_flow" | "no_pkce" | "no_algorithm" | "no_keys" | "client_refused" | "secret_missing";

export type ImportState = "checking" | "checked" | "applying" | "applied" | "outdated";

export type ExportState = "asked" | "approved" | "ready" | "fetched" | "stopped" | "over";

export type ActKind = "admitted" | "phase" | "leave" | "returned" | "discharged" | "readmitted";

export type Answer = "yes" | "no" | "not_needed";

export type Edition = "3" | "4";

export type InquiryState = "asked" | "screened" | "intake" | "assessed" | "waiting" | "admitted" | "referred" | "declined";

export type Priority = "pregnant" | "with_children" | "injects";

export type StepKind = "asked" | "screened" | "intake_planned" | "assessed" | "wait_listed" | "interim" | "admitted" | "referred" | "arrived" | "declined" | "reopened";

export type Urgency = "withdrawal" | "harm_to_self" | "harm_to_others" | "unsafe_home" | "court_date" | "medical";

export type Scope = "federal_block_grant" | "state" | "payer";

export type RuleKind = "questions" | "clocks" | "reasons" | "summaries";

export type National = "completed" | "dropped_out" | "terminated" | "transferred" | "incarcerated" | "died" | "other";

export interface AskForEmailChange {
  readonly password: string;
  readonly email: string;
}

export interface ConfirmEmail {
  readonly link: string;
}

/** A text that people agree to, in each language. */
export interface AgreedText {
  readonly version: string;
  readonly en: string;
  readonly es: string;
}

/** A guest agrees to this version of the rule of confidentiality. */
export interface AgreeToRule {
  readonly link: string;
  readonly version: string;
}

/** What a guest's link says besides the session. */
export interface GuestInvitation {
  readonly invited_by: string;
  readonly relation: Relation;
  readonly role: GuestRole;
  readonly rule: AgreedText;
  readonly agreed: boolean;
}

/** What peers will see of the link's holder, and what else they may be called. */
export interface AliasOffer {
  readonly alias: string;
  readonly confirmed: boolean;
  readonly others: ReadonlyArray<string>;
}

export interface ConfirmAlias {
  readonly link: string;
  readonly alias: string;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

/** Who is signed in. */
export interface Me {
  readonly person: string;
  readonly clinic: string;
  readonly clinic_name: string;
  readonly name: string;
  readonly roles: ReadonlyArray<StaffRole>;
  readonly permissions: ReadonlyArray<Permission>;
  readonly standing: Standing;
  readonly locks: Instant;
  readonly second_factor: "missing" | "not_asked" | "present";
  readonly recovery_codes: number;
}

/** The password was right; now the second factor. `pending` goes with it, within ten minutes. */
export interface FactorWanted {
  readonly pending: string;
  readonly one_time_code: boolean;
  readonly recovery_code: boolean;
  readonly passkey: string | null;
}

/** Either who is signed in now, or the second factor that is still wanted. */
export interface SignInAnswer {
  readonly me: Me | null;
  readonly factor: FactorWanted | null;
}

/** The second step of a sign-in: exactly one of the three. */
export interface FactorProof {
  readonly pending: string;
  readonly code?: string | null;
  readonly recovery_code?: string | null;
  readonly passkey?: string | null;
}

/** A confirmation of one's own sign-in: exactly one of the four. */
export interface Proof {
  readonly password?: string | null;
  readonly code?: string | null;
  readonly recovery_code?: string | null;
  readonly passkey?: string | null;
}

/** The person used the page, this many seconds ago. Sent at most once a minute. */
export interface Activity {
  readonly seconds_ago?: number;
}

/** What the browser is to ask for, as JSON. */
export interface PasskeyOffer {
  readonly options: string;
}

/** A secret for an authenticator app, as text, as an address, and as a picture of that address (a data URI). */
export interface OneTimeCodeOffer {
  readonly secret: string;
  readonly address: string;
  readonly picture: string;
}

/** The offered secret, and the code that the app shows for it now. */
export interface AddOneTimeCode {
  readonly name: string;
  readonly secret: string;
  readonly code: string;
}

export interface AddPasskey {
  readonly name: string;
  readonly passkey: string;
}

export interface RenameFactor {
  readonly name: string;
}

export interface SecondFactor {
  readonly id: string;
  readonly kind: "one_time_code" | "passkey";
  readonly name: string;
  readonly added: Instant;
  readonly last_used: Instant | null;
}

/** The caller's own factors. `codes` are new recovery codes, shown this once; null when none were made. */
export interface SecondFactors {
  readonly factors: ReadonlyArray<SecondFactor>;
  readonly asked: boolean;
  readonly recovery_codes: number;
  readonly codes: ReadonlyArray<string> | null;
}

export interface OwnSignIn {
  readonly id: string;
  readonly begun: Instant;
  readonly used: Instant;
  readonly browser: string;
  readonly this: boolean;
}

export interface ChangePassword {
  readonly current: string;
  readonly password: string;
}

export interface AskForReset {
  readonly email: string;
}

export interface ResetPassword {
  readonly link: string;
  readonly password: string;
}

/** Whom the clinic asks for a second factor; `roles` only with `by_role`. */
export interface ChangeFactorPolicy {
  readonly required: Required;
  readonly roles?: ReadonlyArray<StaffRole>;
}

export interface FactorPolicy {
  readonly required: Required;
  readonly roles: ReadonlyArray<StaffRole>;
}

export interface CreateJoinLink {
  readonly enrolment: string;
  readonly expires?: Instant | null;
}

/** `url` is shown once, at creation; its secret is in the fragment, which browsers send to no server. */
export interface JoinLink {
  readonly id: string;
  readonly person: string;
  readonly enrolment: string | null;
  readonly created: Instant;
  readonly expires: Instant;
  readonly revoked: boolean;
  readonly url: string | null;
}

/** An enrolment for which a link can be made. */
export interface LinkPlace {
  readonly enrolment: string;
  readonly program_name: string;
}

export interface ClientLinks {
  readonly links: ReadonlyArray<JoinLink>;
  readonly places: ReadonlyArray<LinkPlace>;
}

export interface OpenJoinLink {
  readonly link: string;
}

/** A part of a session with its own kind. */
export interface Block {
  readonly kind: SessionKind;
  readonly start: Instant;
  readonly end: Instant;
}

/** A place on a roster, with all its fields in each answer. */
export interface RosterMember {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly enrolment: string | null;
}

/** A kind of the session asks for a licence that nobody who leads it holds on its day. */
export interface Missing {
  readonly kind: SessionKind;
  readonly asked: Asked;
}

export interface Session {
  readonly id: string;
  readonly program: string;
  readonly program_name: string;
  readonly kind: SessionKind;
  readonly own_kind: string | null;
  readonly own_kind_name: string | null;
  readonly title: string;
  readonly timezone: string;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly blocks: ReadonlyArray<Block>;
  readonly breaks: ReadonlyArray<readonly [Instant, Instant]>;
  readonly parent: string | null;
  readonly pull_out: boolean;
  readonly revision: number;
  readonly phase: SessionPhase;
  readonly may_cancel: boolean;
  readonly roster: ReadonlyArray<RosterMember>;
  readonly warnings: ReadonlyArray<Missing>;
}

/** What a personal link opens: who you are here, and the session that is on now or next. */
export interface Invitation {
  readonly person: string;
  readonly name: string;
  readonly seen_as: string;
  readonly guest: GuestInvitation | null;
  readonly clinic_name: string;
  readonly program_name: string;
  readonly alias: AliasOffer;
  readonly session: Session | null;
  readonly lobby_opens: Instant | null;
  readonly may_enter: boolean;
  readonly standing: State | null;
  readonly now: Instant;
}

export interface CreateApiToken {
  readonly name: string;
  readonly scopes: ReadonlyArray<"feed">;
  readonly expires?: Instant | null;
}

/** `secret` is shown once, at creation. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: ReadonlyArray<string>;
  readonly expires: Instant | null;
  readonly revoked: boolean;
  readonly secret: string | null;
}

export interface AskForCode {
  readonly link: string;
  readonly language?: Language;
}

export interface GiveCode {
  readonly link: string;
  readonly code: string;
}

export interface ChangeIdentityContact {
  readonly link: string;
  readonly code: string;
  readonly address: string;
  readonly language?: Language;
}

export interface SetIdentityContact {
  readonly address: string;
}

/** Where codes go. `shared`: another client has the same address. Then, and when `locked`, none are sent. */
export interface IdentityContact {
  readonly address: string;
  readonly set_at: Instant;
  readonly set_by: string;
  readonly set_by_name: string;
  readonly shared: boolean;
  readonly locked: boolean;
}

export interface RememberedBrowser {
  readonly id: string;
  readonly identified_at: Instant;
  readonly expires_at: Instant;
}

/** How a client proves who they are, and the browsers in which they have. */
export interface Identity {
  readonly contact: IdentityContact | null;
  readonly browsers: ReadonlyArray<RememberedBrowser>;
}

/** Staff send nothing (their sign-in says who they are); a client sends the personal link's secret. */
export interface RequestTicket {
  readonly link?: string | null;
}

/** What a browser needs to use the relay; `username` holds the expiry and an opaque id, never a name. */
export interface RelayCredentials {
  readonly urls: ReadonlyArray<string>;
  readonly username: string;
  readonly credential: string;
}

/** Send `ticket` as the first message to the socket at `url`, within a minute. */
export interface TicketView {
  readonly ticket: string;
  readonly url: string;
  readonly ice_servers: ReadonlyArray<RelayCredentials>;
  readonly warnings: ReadonlyArray<Missing>;
}

/** A span of the window with its one reason, the facts behind it, and how its edges are known. */
export interface DerivationSpan {
  readonly start: Instant;
  readonly end: Instant;
  readonly seconds: number;
  readonly reason: string;
  readonly sentence: string;
  readonly events: ReadonlyArray<string>;
  readonly start_known_by: string;
  readonly start_bound_s: number;
  readonly end_known_by: string;
  readonly end_bound_s: number;
}

export interface ClientRecord {
  readonly person: string;
  readonly name: string;
  readonly connected_s: number;
  readonly credited_s: number;
  readonly billable_s: number;
  readonly status: Status | null;
  readonly excused: boolean;
  readonly late_s: number | null;
  readonly late: boolean;
  readonly holds: ReadonlyArray<string>;
  readonly flags: ReadonlyArray<string>;
  readonly units: Readonly<Record<string, number>>;
  readonly derivation: ReadonlyArray<DerivationSpan>;
  readonly week_credited_s: number;
  readonly week_required_s: number | null;
}

/** The attendance page of one session. */
export interface Attendance {
  readonly session: Session;
  readonly service_date: LocalDate;
  readonly net_s: number;
  readonly facilitator_gap_s: number;
  readonly participant_count: number;
  readonly outcome: Outcome | null;
  readonly flags: ReadonlyArray<string>;
  readonly final: boolean;
  readonly through_position: number;
  readonly policy_id: string;
  readonly policy_version: number;
  readonly clients: ReadonlyArray<ClientRecord>;
  readonly set_aside: boolean;
  readonly neighbour_set_aside: boolean;
  readonly facts_set_aside: number;
}

/** Where reading continues, and how many positions a page holds at most. */
export interface FeedQuery {
  readonly after?: number;
  readonly limit?: number;
}

/** One position of the ledger. A fact that may not be disclosed keeps its position, with type `withheld`. */
export interface FeedItem {
  readonly position: number;
  readonly type: string;
  readonly id?: string | null;
  readonly stream?: string | null;
  readonly seq?: number | null;
  readonly recorded_at?: Instant | null;
  readonly hash?: string | null;
  readonly digest?: string | null;
  readonly event?: unknown;
}

/** Positions in order, without gaps. Read on with `after` = `next`; when `more` is false you are up to date. */
export interface Feed {
  readonly items: ReadonlyArray<FeedItem>;
  readonly next: number;
  readonly more: boolean;
  readonly notice: string;
}

/** A public key (Ed25519, in hex) for closings signed from `valid_from` until before `valid_until`. */
export interface ClosingKey {
  readonly id: string;
  readonly public_key: string;
  readonly valid_from: Instant;
  readonly valid_until: Instant | null;
}

/** Every key that closings were ever signed with. */
export interface ClosingKeys {
  readonly keys: ReadonlyArray<ClosingKey>;
}

export interface Signature {
  readonly signer: string;
  readonly signer_name: string;
  readonly at: Instant;
  readonly digest: string;
}

/** A note and its newest text. Before the first signature, `version` counts the saved drafts. */
export interface Note {
  readonly id: string;
  readonly session: string;
  readonly client: string | null;
  readonly client_name: string | null;
  readonly kind: NoteKind;
  readonly author: string;
  readonly version: number;
  readonly text: string;
  readonly saved_at: Instant;
  readonly signatures: ReadonlyArray<Signature>;
  readonly unreadable: Unreadable | null;
}

/** The text to sign, and the version it was edited from; an older version is a conflict. */
export interface SignNote {
  readonly version: number;
  readonly text: string;
}

/** The secret of the link that `vesper create-clinic` prints. */
export interface OpenFirstRun {
  readonly link: string;
}

/** The clinic that the link begins. */
export interface FirstRunView {
  readonly clinic_name: string;
  readonly expires: Instant;
}

/** The first administrator's own name, address and password; whether they lead groups as well. */
export interface BeAdministrator {
  readonly link: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly leads_groups?: boolean;
}

export interface DescribeClinic {
  readonly name: string;
  readonly timezone: string;
  readonly language: Language;
}

/** The clinic itself. `language` is that of invitations to staff. */
export interface ClinicView {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly language: Language;
}

/** The client's release as they signed it on paper. */
export interface Release {
  readonly scopes: ReadonlyArray<ReleaseScope>;
  readonly signed_on: LocalDate;
  readonly expires_on: LocalDate;
  readonly language?: Language;
}

/** A guardian's consent that a minor comes. */
export interface Guardian {
  readonly name: string;
  readonly signed_on: LocalDate;
}

/** Every session of this program and kind, up to a day. */
export interface OfKind {
  readonly program: string;
  readonly kind: SessionKind;
  readonly until: LocalDate;
}

/** What a link opens: one session, or all of one kind. */
export interface GuestFor {
  readonly session?: string | null;
  readonly of_kind?: OfKind | null;
  readonly by_mail?: boolean;
}

/** A guest and the release they come on; without `link` they get no way in. */
export interface InviteGuest {
  readonly name: string;
  readonly relation: Relation;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly language?: Language;
  readonly minor?: boolean;
  readonly guardian?: Guardian | null;
  readonly release: Release;
  readonly link?: GuestFor | null;
}

/** Another release of a guest whose last one has ended; without `link` they get no way in. */
export interface FileRelease {
  readonly release: Release;
  readonly link?: GuestFor | null;
}

/** A session that the client may come to, or came to. */
export interface SessionChoice {
  readonly id: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly program: string;
  readonly program_name: string;
  readonly timezone: string;
  readonly starts: Instant;
  readonly ends: Instant;
}

export interface LinkOfKind {
  readonly program: string;
  readonly program_name: string;
  readonly kind: SessionKind;
  readonly until: LocalDate;
}

/** `url` is shown once, at creation. */
export interface GuestLink {
  readonly id: string;
  readonly session: SessionChoice | null;
  readonly of_kind: LinkOfKind | null;
  readonly created: Instant;
  readonly revoked: boolean;
  readonly agreed: Instant | null;
  readonly url: string | null;
}

export interface GuestRelease {
  readonly id: string;
  readonly scopes: ReadonlyArray<ReleaseScope>;
  readonly signed_on: LocalDate;
  readonly expires: Instant | null;
  readonly last_day: LocalDate | null;
  readonly revoked: Instant | null;
  readonly stands: boolean;
  readonly text_version: string | null;
  readonly given: Given | null;
  readonly filed_by: string | null;
  readonly revoked_by: string | null;
}

export interface Guest {
  readonly id: string;
  readonly name: string;
  readonly seen_as: string;
  readonly relation: Relation;
  readonly role: GuestRole;
  readonly email: string | null;
  readonly phone: string | null;
  readonly guardian: string | null;
  readonly release: GuestRelease;
  readonly links: ReadonlyArray<GuestLink>;
}

/** A client's guests, and what an invitation may choose from. */
export interface Guests {
  readonly client: string;
  readonly client_name: string;
  readonly guests: ReadonlyArray<Guest>;
  readonly sessions: ReadonlyArray<SessionChoice>;
  readonly release_text: AgreedText;
  readonly may_manage: boolean;
}

export interface ShowMyHours {
  readonly link: string;
}

export interface MyAttendedSession {
  readonly id: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly starts: Instant;
  readonly timezone: string;
  readonly credited_s: number;
}

/** A week: seconds credited in kinds that count, and those that the phase requires; null when none does. */
export interface MyWeek {
  readonly first_day: LocalDate;
  readonly credited_s: number;
  readonly days: number;
  readonly required_s: number | null;
  readonly required_days: number | null;
  readonly sessions: ReadonlyArray<MyAttendedSession>;
}

/** The link holder's own weeks, this one first. A session counts once its attendance is computed. */
export interface MyHours {
  readonly program_name: string;
  readonly phase_name: string | null;
  readonly weeks: ReadonlyArray<MyWeek>;
}

/** A week in a program: seconds credited in kinds that count, against what the phase requires; null if none does. */
export interface ClientWeek {
  readonly first_day: LocalDate;
  readonly credited_s: number;
  readonly days: number;
  readonly required_s: number | null;
  readonly required_days: number | null;
}

/** A client's last weeks in a program, the earliest first. */
export interface ProgramHours {
  readonly program: string;
  readonly program_name: string;
  readonly weeks: ReadonlyArray<ClientWeek>;
}

export interface ClientHours {
  readonly programs: ReadonlyArray<ProgramHours>;
}

/** A session of a client's, with what came of it for them; `status` is null until it is over. */
export interface AttendedRow {
  readonly session: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly program_name: string | null;
  readonly starts: Instant;
  readonly timezone: string;
  readonly status: Status | null;
  readonly connected_s: number;
  readonly credited_s: number;
}

/** The latest first. `more`: there were earlier ones. */
export interface AttendedRows {
  readonly items: ReadonlyArray<AttendedRow>;
  readonly more: boolean;
}

/** RFC 9457 problem details, as application/problem+json. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly path: string | null;
}

/** A list; `next` is the id to pass as `after` for more, or null at the end. */
export interface Page {
  readonly items: ReadonlyArray<unknown>;
  readonly next: string | null;
}

/** Items behind the id `after`; without it, from the first. */
export interface PageQuery {
  readonly after?: string | null;
}

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

/** One mail. Its text is here only while no mail server is set up, and never if it carries a link or a code. */
export interface OutboxMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly secret: boolean;
  readonly person: string | null;
  readonly name: string | null;
  readonly address: string | null;
  readonly state: MailState;
  readonly queued_at: Instant;
  readonly sent_at: Instant | null;
  readonly tries: number;
  readonly error: string | null;
  readonly text: MailText | null;
}

/** The clinic's mails, newest first; `next` is the id to pass as `after` for older ones. */
export interface Outbox {
  readonly sends: boolean;
  readonly items: ReadonlyArray<OutboxMail>;
  readonly next: string | null;
}

/** The typed text and the filters; without a text, a page of the list. */
export interface SearchClients {
  readonly text?: string;
  readonly program?: string | null;
  readonly phase?: string | null;
  readonly facilitator?: string | null;
  readonly state?: ClientState | null;
  readonly sort?: ClientSort;
  readonly after?: string | null;
}

/** The client whose guest somebody is, as staff read their name. */
export interface Host {
  readonly id: string;
  readonly name: string;
}

/** A client, or a guest of one, in a list. `distinction` stands beside a name that could be another's. */
export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly distinction: string | null;
  readonly alias: string | null;
  readonly state: ClientState;
  readonly programs: ReadonlyArray<string>;
  readonly external_ids: ReadonlyArray<string>;
  readonly deactivated: boolean;
  readonly guest_of: Host | null;
}

export interface Contact {
  readonly kind: ContactKind;
  readonly value: string;
  readonly may_leave_message?: boolean;
  readonly best_time?: string;
}

export interface Emergency {
  readonly name: string;
  readonly relation?: string;
  readonly phone: string;
}

export interface IdElsewhere {
  readonly system: string;
  readonly value: string;
}

/** Who the client is. An empty `legal_name` is the name to use. */
export interface Described {
  readonly name: string;
  readonly legal_name?: string;
  readonly date_of_birth?: LocalDate | null;
  readonly language?: string | null;
  readonly timezone?: string | null;
  readonly home_state?: string | null;
}

/** Without an alias, the client gets the first suggestion. */
export interface CreateClient {
  readonly name: string;
  readonly legal_name?: string;
  readonly date_of_birth?: LocalDate | null;
  readonly language?: string | null;
  readonly timezone?: string | null;
  readonly home_state?: string | null;
  readonly alias?: string | null;
  readonly contacts?: ReadonlyArray<Contact>;
  readonly emergency?: Emergency | null;
  readonly external_ids?: ReadonlyArray<IdElsewhere>;
}

/** `revision` is that of the record which was shown. */
export interface DescribeClient {
  readonly name: string;
  readonly legal_name?: string;
  readonly date_of_birth?: LocalDate | null;
  readonly language?: string | null;
  readonly timezone?: string | null;
  readonly home_state?: string | null;
  readonly revision: number;
}

export interface ReplaceContacts {
  readonly revision: number;
  readonly contacts: ReadonlyArray<Contact>;
  readonly emergency?: Emergency | null;
}

export interface ReplaceIds {
  readonly revision: number;
  readonly external_ids: ReadonlyArray<IdElsewhere>;
}

export interface ReplaceAlias {
  readonly revision: number;
  readonly alias: string;
}

export interface FindAlike {
  readonly name: string;
  readonly date_of_birth?: LocalDate | null;
}

/** One way to reach a client. */
export interface ContactWay {
  readonly kind: ContactKind;
  readonly value: string;
  readonly may_leave_message: boolean;
  readonly best_time: string;
}

/** Whom to call when a client is in danger. */
export interface EmergencyContact {
  readonly name: string;
  readonly relation: string;
  readonly phone: string;
}

/** The client's id in another system; one client per system and id. */
export interface ExternalId {
  readonly system: string;
  readonly value: string;
}

/** A client's record. `legal_name` is empty where it is the name to use. */
export interface ClientView {
  readonly id: string;
  readonly name: string;
  readonly legal_name: string;
  readonly alias: string | null;
  readonly alias_confirmed: boolean;
  readonly aliases: ReadonlyArray<string>;
  readonly date_of_birth: LocalDate | null;
  readonly language: string | null;
  readonly timezone: string | null;
  readonly home_state: string | null;
  readonly contacts: ReadonlyArray<ContactWay>;
  readonly emergency: EmergencyContact | null;
  readonly external_ids: ReadonlyArray<ExternalId>;
  readonly state: ClientState;
  readonly deactivated: boolean;
  readonly revision: number;
  readonly changed_at: Instant;
  readonly changed_by: string | null;
}

export interface AddDiagnosis {
  readonly code: string;
  readonly starts_on: LocalDate;
  readonly ends_on?: LocalDate | null;
}

/** The last day on which the code holds; null: until further notice. */
export interface EndDiagnosis {
  readonly ends_on: LocalDate | null;
}

/** All the client's codes in their order, the main one first. */
export interface OrderDiagnoses {
  readonly order: ReadonlyArray<string>;
}

/** A code, with the name of who added it. */
export interface DiagnosisView {
  readonly id: string;
  readonly code: string;
  readonly starts_on: LocalDate;
  readonly ends_on: LocalDate | null;
  readonly added_by: string;
  readonly added_at: Instant;
}

export interface WriteLicence {
  readonly kind: LicenceKind;
  readonly state: string;
  readonly number: string;
  readonly npi?: string | null;
  readonly from_on: LocalDate;
  readonly to_on?: LocalDate | null;
}

/** A licence of a member of staff, issued by a state, for the days from `from_on` to `to_on`, both included. */
export interface Licence {
  readonly id: string;
  readonly person: string;
  readonly kind: LicenceKind;
  readonly state: string;
  readonly number: string;
  readonly npi: string | null;
  readonly from_on: LocalDate;
  readonly to_on: LocalDate | null;
}

/** A member's licences, the last to begin first. */
export interface Licences {
  readonly items: ReadonlyArray<Licence>;
}

/** A licence that runs out within 60 days, or did. */
export interface ExpiringLicence {
  readonly name: string;
  readonly licence: Licence;
  readonly days: number;
  readonly within: number;
}

/** The first to run out first. */
export interface ExpiringLicences {
  readonly items: ReadonlyArray<ExpiringLicence>;
}

/** What sessions and blocks of a kind ask for today. */
export interface AskedNow {
  readonly kind: SessionKind;
  readonly asked: Asked;
}

/** From that day on, sessions and blocks of this kind ask for that. */
export interface LicenceRule {
  readonly kind: SessionKind;
  readonly asked: Asked;
  readonly from_on: LocalDate;
}

/** What the clinic asks for, and what it does where a licence is missing. */
export interface LicenceRules {
  readonly policy: LicencePolicy;
  readonly today: ReadonlyArray<AskedNow>;
  readonly changes: ReadonlyArray<LicenceRule>;
}

export interface SetLicencePolicy {
  readonly policy: LicencePolicy;
}

/** From that day on, sessions and blocks of this kind ask for that. */
export interface SetLicenceRule {
  readonly kind: SessionKind;
  readonly asked: Asked;
  readonly from_on: LocalDate;
}

export interface CreatePerson {
  readonly display_name: string;
  readonly email?: string | null;
  readonly external_id?: string | null;
}

export interface Person {
  readonly id: string;
  readonly display_name: string;
  readonly email: string | null;
  readonly external_id: string | null;
  readonly staff_roles: ReadonlyArray<StaffRole>;
  readonly auditor_until: Instant | null;
  readonly deactivated: boolean;
}

/** Somebody who works here. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: ReadonlyArray<StaffRole>;
  readonly auditor_until: Instant | null;
  readonly state: StaffState;
  readonly invited_until: Instant | null;
}

/** Everybody who works here, or did, by name. */
export interface StaffMembers {
  readonly items: ReadonlyArray<StaffMember>;
}

/** All roles of a member of staff from now on. */
export interface ChangeRoles {
  readonly roles: ReadonlyArray<StaffRole>;
  readonly auditor_until?: Instant | null;
}

export interface InviteStaff {
  readonly name: string;
  readonly email: string;
  readonly roles: ReadonlyArray<StaffRole>;
  readonly auditor_until?: Instant | null;
}

export interface OpenInvitation {
  readonly link: string;
}

/** What a link invites to. */
export interface StaffInvitation {
  readonly clinic_name: string;
  readonly name: string;
  readonly email: string;
  readonly roles: ReadonlyArray<StaffRole>;
  readonly expires: Instant;
  readonly provider: string | null;
}

export interface AcceptInvitation {
  readonly link: string;
  readonly name: string;
  readonly password: string;
}

/** Whose record, by whom and when; each of them may be left out. `after` is the `next` of the page before. */
export interface LookQuery {
  readonly person?: string | null;
  readonly actor?: string | null;
  readonly from?: Instant | null;
  readonly to?: Instant | null;
  readonly after?: number | null;
}

/** Somebody who looked, or whose record it was: `name` is null when they are no longer known. */
export interface Looked {
  readonly id: string;
  readonly name: string | null;
}

/** One look at a record. */
export interface Look {
  readonly id: string;
  readonly at: Instant;
  readonly by: Looked | null;
  readonly by_program: boolean;
  readonly record: RecordKind;
  readonly did: Did;
  readonly persons: ReadonlyArray<Looked>;
  readonly further: number;
}

/** Looks, newest first. `person` is who was asked for. */
export interface Looks {
  readonly items: ReadonlyArray<Look>;
  readonly next: string | null;
  readonly person: Looked | null;
}

/** How long records of clients from one state are kept. */
export interface KeptInState {
  readonly state: string;
  readonly keep: number;
  readonly minors_until: number | null;
}

/** How long a kind of record is kept; without `keep`, for ever. `shortest` is what ships. */
export interface RetentionRule {
  readonly record: RecordType;
  readonly keep: number | null;
  readonly shortest: number | null;
  readonly unit: KeptUnit;
  readonly since: KeptSince;
  readonly minors_until: number | null;
  readonly states: ReadonlyArray<KeptInState>;
  readonly fixed: boolean;
}

/** How many of a kind of record are erased soon, if nothing changes. */
export interface Upcoming {
  readonly record: RecordType;
  readonly in_30_days: number;
  readonly in_90_days: number;
}

/** A client who is listed: erased on `erased_on`, unless they are held or come back. */
export interface ToErase {
  readonly person: string;
  readonly name: string;
  readonly listed_on: LocalDate;
  readonly erased_on: LocalDate;
  readonly postponed_until: LocalDate | null;
  readonly held: boolean;
}

/** A hold that is not released. */
export interface LegalHold {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly reason: string;
  readonly held_at: Instant;
  readonly held_by_name: string;
}

/** What was erased on a day: how many, and nothing about whom. */
export interface ErasedCount {
  readonly day: LocalDate;
  readonly record: RecordType;
  readonly erased: number;
}

/**
 * The policy, what it will do next, what stops it, and what it did. `clients` are the first to be erased, of
 * `listed`.
 */
export interface Retention {
  readonly rules: ReadonlyArray<RetentionRule>;
  readonly upcoming: ReadonlyArray<Upcoming>;
  readonly clients: ReadonlyArray<ToErase>;
  readonly listed: number;
  readonly holds: ReadonlyArray<LegalHold>;
  readonly done: ReadonlyArray<ErasedCount>;
}

/** Keep a kind of record for so many of the years or days that its rule counts. */
export interface KeepLonger {
  readonly record: RecordType;
  readonly keep: number;
}

export interface HoldClient {
  readonly reason: string;
}

export interface PostponeErasing {
  readonly until: LocalDate;
}

/** A consent on file: to whom a client's record may go, for what, and until when. */
export interface ConsentView {
  readonly id: string;
  readonly recipient: string | null;
  readonly purpose: Purpose;
  readonly scopes: ReadonlyArray<ReleaseScope>;
  readonly signed_at: Instant;
  readonly expires_at: Instant | null;
  readonly revoked_at: Instant | null;
  readonly stands: boolean;
}

export interface CreateProgram {
  readonly name: string;
  readonly timezone: string;
  readonly week_start?: Weekday;
  readonly policy_id: string;
  readonly policy_version: number;
  readonly capacity?: number | null;
  readonly tags?: ReadonlyArray<string>;
}

/** A program with the phases of a template. */
export interface BeginProgram {
  readonly name: string;
  readonly timezone: string;
  readonly week_start?: Weekday;
  readonly policy_id: string;
  readonly policy_version: number;
  readonly capacity?: number | null;
  readonly tags?: ReadonlyArray<string>;
  readonly template: TemplateName;
}

/** What may change about a program at any time. No `capacity`: it takes everybody. */
export interface DescribeProgram {
  readonly name: string;
  readonly capacity?: number | null;
  readonly tags?: ReadonlyArray<string>;
}

export interface PhaseOccupancy {
  readonly phase: string;
  readonly clients: number;
}

/** How many clients are in a program today, and how many it takes. */
export interface Occupancy {
  readonly clients: number;
  readonly capacity: number | null;
  readonly phases: ReadonlyArray<PhaseOccupancy>;
}

/** The next version of a text. `after` is the version that it was written from; 0 is before the first. */
export interface NewText {
  readonly kind: TextKind;
  readonly after: number;
  readonly text: string;
}

/** The attendance policy of the sessions from a day on. */
export interface ChangePolicy {
  readonly from_on: LocalDate;
  readonly policy_id: string;
  readonly policy_version: number;
}

/** What a change of policy does: the number of sessions that it plans again, and the day of the first. */
export interface PolicyPreview {
  readonly sessions: number;
  readonly first: LocalDate | null;
}

export interface KnownPolicy {
  readonly id: string;
  readonly version: number;
  readonly title: string;
}

/** The attendance policy of the sessions from a day on. */
export interface PolicyFrom {
  readonly from_on: LocalDate;
  readonly policy_id: string;
  readonly policy_version: number;
}

/** The policy that a program began with, its changes by day, and every policy that it could change to. */
export interface ProgramPolicies {
  readonly first: KnownPolicy;
  readonly changes: ReadonlyArray<PolicyFrom>;
  readonly known: ReadonlyArray<KnownPolicy>;
}

/** What a client said of themselves, so that a group fits them. */
export interface ClientTags {
  readonly tags: ReadonlyArray<string>;
}

/** The client's tags. `consented`: the client has agreed that these are stored. */
export interface SetClientTags {
  readonly tags: ReadonlyArray<string>;
  readonly consented: boolean;
}

/** A kind of the clinic's own, and the kind as which it counts. */
export interface CreateKind {
  readonly name: string;
  readonly counts_as: SessionKind;
}

export interface DescribeKind {
  readonly name: string;
  readonly in_use: boolean;
}

/** What a phase asks of a week from a day on. No `kinds`: all of them count. */
export interface NewRequirement {
  readonly from_on: LocalDate;
  readonly required_s: number;
  readonly days_per_week: number;
  readonly kinds?: ReadonlyArray<SessionKind>;
}

export interface CreatePhase {
  readonly name: string;
  readonly usual_weeks?: number | null;
  readonly required: NewRequirement;
}

/** The phase's name, its usual length, and its place among the program's phases, from 1. */
export interface DescribePhase {
  readonly name: string;
  readonly usual_weeks?: number | null;
  readonly position: number;
}

export interface CreateEnrolment {
  readonly program: string;
  readonly client: string;
  readonly starts_on: LocalDate;
  readonly ends_on?: LocalDate | null;
  readonly phase: string;
}

/** Enrolments of one program, or of all. */
export interface EnrolmentQuery {
  readonly after?: string | null;
  readonly program?: string | null;
}

export interface OpenMeetingLog {
  readonly link: string;
}

/** A meeting that the client was at. It has no field for the names of others. */
export interface LogMeeting {
  readonly link: string;
  readonly met_on: LocalDate;
  readonly kind: MeetingKind;
  readonly home_group?: boolean;
  readonly sponsor?: boolean;
}

export interface RemoveMeeting {
  readonly link: string;
  readonly meeting: string;
}

/** Whether the care team may read the log, from now on. */
export interface ShareMeetingLog {
  readonly link: string;
  readonly shared: boolean;
}

/** One meeting: when, of which kind, whether it was their home group, and whether they met their sponsor. */
export interface LoggedMeeting {
  readonly id: string;
  readonly met_on: LocalDate;
  readonly kind: MeetingKind;
  readonly home_group: boolean;
  readonly sponsor: boolean;
}

/** A client's log, the newest meeting first. */
export interface MeetingLog {
  readonly shared: boolean;
  readonly meetings: ReadonlyArray<LoggedMeeting>;
}

export interface RemovePerson {
  readonly person: string;
}

export interface TakeResponsibility {
  readonly why: TakeoverReason;
}

export interface RoomPerson {
  readonly person: string;
  readonly name: string;
  readonly role: string;
}

/** Who is in a session's room according to the ledger, which is a second behind, and who was sent out. */
export interface RoomView {
  readonly here: ReadonlyArray<RoomPerson>;
  readonly removed: ReadonlyArray<RoomPerson>;
  readonly has_facilitator: boolean;
}

export interface RosterPlace {
  readonly person: string;
  readonly role?: Role;
  readonly enrolment?: string | null;
}

export interface PlannedBlock {
  readonly kind: SessionKind;
  readonly start: Instant;
  readonly end: Instant;
}

export interface CreateSession {
  readonly program: string;
  readonly kind: SessionKind;
  readonly own_kind?: string | null;
  readonly title?: string;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly blocks?: ReadonlyArray<PlannedBlock>;
  readonly breaks?: ReadonlyArray<readonly [Instant, Instant]>;
  readonly roster?: ReadonlyArray<RosterPlace>;
  readonly parent?: string | null;
  readonly pull_out?: boolean;
}

/** The whole roster of a session. `revision` is the plan's, so that two editors cannot overwrite each other. */
export interface ReplaceRoster {
  readonly revision: number;
  readonly roster: ReadonlyArray<RosterPlace>;
}

/** Why the session is cancelled. */
export interface CancelSession {
  readonly reason: CancellationReason;
}

/** Sessions that touch `[from, to)`; without them, today in the clinic's zone. */
export interface SessionQuery {
  readonly from?: Instant | null;
  readonly to?: Instant | null;
}

/** A note, or a draft of one, that its author has not signed; without a word of it. */
export interface UnsignedNote {
  readonly session: string;
  readonly title: string;
  readonly kind: NoteKind;
  readonly program_name: string;
  readonly starts: Instant;
}

/** What waits for a member of staff, or for a colleague instead. */
export interface LeftUndone {
  readonly notes: ReadonlyArray<UnsignedNote>;
  readonly sessions: ReadonlyArray<Session>;
}

/** Whose part in the session goes to whom. */
export interface HandOver {
  readonly by: string;
  readonly to: string;
}

/** A clinic whose staff may sign in by its provider. */
export interface ProviderDoor {
  readonly clinic: string;
  readonly clinic_name: string;
  readonly label: string;
}

/** Where the browser is to go now, and from where it is sent back. */
export interface ProviderQuestion {
  readonly address: string;
}

/** With what the provider has sent the browser back: a code, or an error. */
export interface ProviderReturn {
  readonly state: string;
  readonly code?: string | null;
  readonly error?: string | null;
  readonly iss?: string | null;
}

/** The clinic's provider, for the person who asks: null without one; `linked` since when their account is. */
export interface OwnProvider {
  readonly label: string | null;
  readonly linked: Instant | null;
  readonly last_used: Instant | null;
  readonly has_password: boolean;
}

/** A clinic's provider. Without `client_secret`, the one that is stored stays. */
export interface SetProvider {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret?: string | null;
  readonly algorithms: ReadonlyArray<Algorithm>;
  readonly label: string;
  readonly factor_values?: ReadonlyArray<string>;
}

/** A clinic's provider without its secret, and who depends on it. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly client_id: string;
  readonly algorithms: ReadonlyArray<Algorithm>;
  readonly label: string;
  readonly factor_values: ReadonlyArray<string>;
  readonly linked: number;
  readonly without_password: number;
  readonly methods: ReadonlyArray<string>;
}

/** What an administrator sets, and the two addresses that the provider must know. */
export interface ClinicProvider {
  readonly provider: ProviderSettings | null;
  readonly return_address: string;
  readonly sign_in_address: string;
}

/** What a try found: nothing if all is well. */
export interface Tried {
  readonly findings: ReadonlyArray<ProviderFinding>;
}

/** A CSV file, its bytes in Base64. */
export interface BringClients {
  readonly content: string;
}

/** A column as the file calls it, and what it holds; None: it is not taken. */
export interface PreviewColumn {
  readonly header: string;
  readonly field: "alias" | "best_time" | "date_of_birth" | "email" | "emergency_name" | "emergency_phone" | "emergency_relation" | "external_id" | "home_state" | "language" | "legal_name" | "may_leave_message" | "mobile" | "name" | "phone" | "system" | "timezone" | null;
}

/** What is wrong in a line, and in which column of it; None: the line as a whole. */
export interface Wrong {
  readonly line: number;
  readonly column: string | null;
  readonly sentence: string;
}

/** A line as its client would be. */
export interface PreviewLine {
  readonly line: number;
  readonly what: "changed" | "new" | "unchanged";
  readonly external_id: string;
  readonly name: string;
  readonly alias: string | null;
  readonly fields: ReadonlyArray<string>;
}

/** What the file would do. It can be applied if no line is wrong. */
export interface Preview {
  readonly separator: string;
  readonly encoding: string | null;
  readonly columns: ReadonlyArray<PreviewColumn>;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly wrong_lines: number;
  readonly wrong: ReadonlyArray<Wrong>;
  readonly lines: ReadonlyArray<PreviewLine>;
  readonly same_names: number;
  readonly same_name_lines: ReadonlyArray<number>;
}

/** A file of clients, how many of its lines are done, and, once it is checked, what it would do. */
export interface ClientImport {
  readonly id: string;
  readonly state: ImportState;
  readonly expires_at: Instant;
  readonly total: number;
  readonly done: number;
  readonly preview: Preview | null;
}

export interface TakeMyCopy {
  readonly link: string;
}

/** An export of the clinic, with who asked and who approved, and how far its file is. */
export interface ClinicExport {
  readonly id: string;
  readonly state: ExportState;
  readonly asked_by: string;
  readonly asked_at: Instant;
  readonly approved_by: string | null;
  readonly approved_at: Instant | null;
  readonly stopped_by: string | null;
  readonly expires_at: Instant;
  readonly done: number;
  readonly total: number;
  readonly size: number;
  readonly fetched_at: Instant | null;
  readonly yours: boolean;
}

/** The newest exports of the clinic. */
export interface ClinicExports {
  readonly items: ReadonlyArray<ClinicExport>;
}

/** A new request, and the passphrase of its file, which is shown now and never again. */
export interface AskedExport {
  readonly export: ClinicExport;
  readonly passphrase: string;
}

export interface RecordAct {
  readonly kind: ActKind;
  readonly from_on: LocalDate;
  readonly phase?: string | null;
  readonly reason?: string;
  readonly words?: string;
  readonly replaces?: string | null;
}

/** One line of the timeline. */
export interface Act {
  readonly id: string;
  readonly kind: ActKind;
  readonly from_on: LocalDate;
  readonly phase: string | null;
  readonly phase_name: string | null;
  readonly reason: string;
  readonly reason_text: string;
  readonly words: string;
  readonly by: string | null;
  readonly by_name: string | null;
  readonly recorded_at: Instant;
  readonly withdrawn_at: Instant | null;
  readonly withdrawn_by_name: string | null;
}

/** Days on which nothing changes; `ends_on` null: until further notice. */
export interface Stretch {
  readonly state: State;
  readonly phase: string | null;
  readonly phase_name: string | null;
  readonly starts_on: LocalDate;
  readonly ends_on: LocalDate | null;
}

/** An enrolment with everything that happened and is going to happen, and where the client stands today. */
export interface Timeline {
  readonly enrolment: string;
  readonly client: string;
  readonly program: string;
  readonly program_name: string;
  readonly timezone: string;
  readonly today: LocalDate;
  readonly standing: State;
  readonly acts: ReadonlyArray<Act>;
  readonly stretches: ReadonlyArray<Stretch>;
  readonly last_seen_on: LocalDate | null;
  readonly not_seen_days: number | null;
  readonly summary_due_on: LocalDate | null;
}

/** The first week that is measured against something else; null seconds: nothing is required. */
export interface WeekChange {
  readonly first_day: LocalDate;
  readonly before_s: number | null;
  readonly before_days: number | null;
  readonly after_s: number | null;
  readonly after_days: number | null;
}

/** From when on the client's link opens groups, or opens none; `until` is the last day of it, if it is known. */
export interface DoorChange {
  readonly opens: boolean;
  readonly from_on: LocalDate;
  readonly until: LocalDate | null;
}

/** More clients than places on a day. It warns, and refuses nothing: who is admitted is for people to decide. */
export interface Beyond {
  readonly clients: number;
  readonly capacity: number;
  readonly on: LocalDate;
}

/** What an act changes, worked out by saving it and taking it back. */
export interface Effects {
  readonly restates: number;
  readonly groups_left: number;
  readonly groups_rejoined: number;
  readonly still_invited: number;
  readonly week: WeekChange | null;
  readonly door: DoorChange | null;
  readonly unsigned_notes: number;
  readonly beyond: Beyond | null;
}

/** Somebody asks. `reach` is a number or an address, as they gave it. */
export interface CreateInquiry {
  readonly program: string;
  readonly name: string;
  readonly reach: string;
  readonly may_leave_message?: boolean;
  readonly heard?: string;
  readonly urgencies?: ReadonlyArray<Urgency>;
  readonly priorities?: ReadonlyArray<Priority>;
  readonly words?: string;
}

/** What the first conversation found. The priorities replace those that were known before. */
export interface Screen {
  readonly priorities?: ReadonlyArray<Priority>;
  readonly words?: string;
}

/** A session of kind intake with one member of staff. */
export interface PlanIntake {
  readonly facilitator: string;
  readonly starts: Instant;
  readonly minutes?: number;
}

export interface GivenAnswer {
  readonly question: string;
  readonly answer: Answer;
  readonly reason?: string;
}

/** The level of care; ratings are texts by dimension, since the 4th edition rates with symbols. */
export interface GivenLevel {
  readonly edition: Edition;
  readonly ratings?: Readonly<Record<string, string>>;
  readonly recommended: string;
  readonly placed: string;
  readonly difference?: string;
}

export interface Assess {
  readonly answers: ReadonlyArray<GivenAnswer>;
  readonly level: GivenLevel;
  readonly words?: string;
}

export interface Admit {
  readonly phase: string;
  readonly from_on: LocalDate;
  readonly words?: string;
}

/** Where to and why, and the day on which the papers were sent. */
export interface Refer {
  readonly to: string;
  readonly reason: string;
  readonly sent_on: LocalDate;
  readonly words?: string;
}

export interface OnDay {
  readonly on: LocalDate;
  readonly words?: string;
}

export interface WaitList {
  readonly priorities?: ReadonlyArray<Priority>;
  readonly words?: string;
}

export interface Decline {
  readonly reason: string;
  readonly words?: string;
}

export interface Reopen {
  readonly words?: string;
}

/** Inquiries in one state, or all that are not decided; of one program, or of all. */
export interface InquiryQuery {
  readonly state?: InquiryState | null;
  readonly program?: string | null;
}

/** One rule for one inquiry: when it is due, and whether it is met or overdue. */
export interface Clock {
  readonly code: string;
  readonly text: string;
  readonly scope: Scope;
  readonly of: string;
  readonly due: Instant;
  readonly met: boolean;
  readonly overdue: boolean;
}

/** One line of the list. `place`: on the wait list, by priority and then by when they asked. */
export interface InquiryLine {
  readonly id: string;
  readonly name: string;
  readonly program: string;
  readonly program_name: string;
  readonly state: InquiryState;
  readonly asked_at: Instant;
  readonly urgencies: ReadonlyArray<string>;
  readonly priorities: ReadonlyArray<string>;
  readonly clocks: ReadonlyArray<Clock>;
  readonly place: number | null;
}

export interface AnswerView {
  readonly question: string;
  readonly answer: Answer;
  readonly reason: string;
}

/** The level that was recommended and the one they come to; a difference has a reason. Ratings are texts. */
export interface LevelOfCare {
  readonly edition: Edition;
  readonly ratings: Readonly<Record<string, string>>;
  readonly recommended: string;
  readonly placed: string;
  readonly difference: string;
}

/** What was written and answered at a step: stored encrypted, as one text. */
export interface Said {
  readonly text?: string;
  readonly to?: string;
  readonly answers?: ReadonlyArray<AnswerView>;
  readonly level?: LevelOfCare | null;
}

export interface StepView {
  readonly id: string;
  readonly kind: StepKind;
  readonly on: LocalDate;
  readonly at: Instant;
  readonly by_name: string | null;
  readonly codes: Readonly<Record<string, string>>;
  readonly said: Said | null;
}

export interface PhaseChoice {
  readonly id: string;
  readonly name: string;
}

/** One question. `text` is the clinic's own; a shipped question has none, and its words are in the catalogues. */
export interface Question {
  readonly code: string;
  readonly text: string;
  readonly good: ReadonlyArray<Answer>;
  readonly answers: ReadonlyArray<Answer>;
}

/** The page of one inquiry: what happened, and what can happen next. */
export interface Inquiry {
  readonly line: InquiryLine;
  readonly reach: string;
  readonly may_leave_message: boolean;
  readonly heard: string;
  readonly person: string | null;
  readonly enrolment: string | null;
  readonly steps: ReadonlyArray<StepView>;
  readonly possible: ReadonlyArray<StepKind>;
  readonly questions: ReadonlyArray<Question>;
  readonly phases: ReadonlyArray<PhaseChoice>;
  readonly today: LocalDate;
  readonly timezone: string;
}

/** `url` is the personal link, shown this once. */
export interface PlannedIntake {
  readonly inquiry: Inquiry;
  readonly session: string;
  readonly url: string;
}

/** A program that has reached the share at which it reports: since when, and by which day. */
export interface Filling {
  readonly program: string;
  readonly program_name: string;
  readonly clients: number;
  readonly capacity: number;
  readonly reached_on: LocalDate;
  readonly report_by: LocalDate;
  readonly overdue: boolean;
}

export interface InquiryList {
  readonly items: ReadonlyArray<InquiryLine>;
  readonly counts: Readonly<Record<string, number>>;
  readonly filling: ReadonlyArray<Filling>;
}

/** The rules as they hold on a day; without one, today. */
export interface RulesQuery {
  readonly on?: LocalDate | null;
}

/** A question of eligibility. Without a `code` it is new. A shipped question has no `text`. */
export interface SetQuestion {
  readonly code?: string;
  readonly text?: string;
  readonly good?: ReadonlyArray<Answer>;
  readonly answers?: ReadonlyArray<Answer>;
}

/** A rule about waiting. No `priorities`: it is for everybody. */
export interface SetClock {
  readonly code?: string;
  readonly text?: string;
  readonly scope: Scope;
  readonly of?: string;
  readonly from_on: LocalDate;
  readonly until_on?: LocalDate | null;
  readonly hours: number;
  readonly priorities?: ReadonlyArray<Priority>;
  readonly met_by?: ReadonlyArray<StepKind>;
  readonly eased_by?: ReadonlyArray<StepKind>;
  readonly source?: string;
}

/** A reason of discharge, and the national one as which it counts. */
export interface SetReason {
  readonly code?: string;
  readonly text?: string;
  readonly national: National;
}

/** Within how many days the summary of a discharge is due in a state. No `reasons`: of any. */
export interface SetSummary {
  readonly state: string;
  readonly from_on: LocalDate;
  readonly days: number;
  readonly working_days?: boolean;
  readonly reasons?: ReadonlyArray<National>;
  readonly source?: string;
}

/** Lists that hold from a day on, today or later. A list that is not given stays as it is. */
export interface SetRules {
  readonly from_on: LocalDate;
  readonly questions?: ReadonlyArray<SetQuestion> | null;
  readonly clocks?: ReadonlyArray<SetClock> | null;
  readonly reasons?: ReadonlyArray<SetReason> | null;
  readonly summaries?: ReadonlyArray<SetSummary> | null;
}

/** A list that the clinic has set: from when it holds, who set it, and when. */
export interface RuleVersion {
  readonly kind: RuleKind;
  readonly from_on: LocalDate;
  readonly by_name: string | null;
  readonly at: Instant;
}

/**
 * Something that must have happened some time after they asked.
 *
 * `priorities` says for whom (none: for everybody); `met_by` which steps stop the clock; `eased_by` which steps
 * put this rule out of force because another, longer one takes its place.
 */
export interface ClockRule {
  readonly code: string;
  readonly text: string;
  readonly scope: Scope;
  readonly of: string;
  readonly from_on: LocalDate;
  readonly until_on: LocalDate | null;
  readonly hours: number;
  readonly priorities: ReadonlyArray<string>;
  readonly met_by: ReadonlyArray<StepKind>;
  readonly eased_by: ReadonlyArray<StepKind>;
  readonly source: string;
}

/** A reason of discharge: one of the seven national ones, or a local one that counts as one of them. */
export interface Reason {
  readonly code: string;
  readonly national: National;
  readonly text: string;
}

/** When the summary of a discharge is due in a state; `reasons` (none: any) are national codes. */
export interface SummaryRule {
  readonly state: string;
  readonly from_on: LocalDate;
  readonly days: number;
  readonly working_days: boolean;
  readonly reasons: ReadonlyArray<string>;
  readonly source: string;
}

/** Every list as it holds on the day `on`; what the clinic has not set is as shipped. */
export interface IntakeRules {
  readonly on: LocalDate;
  readonly today: LocalDate;
  readonly questions: ReadonlyArray<Question>;
  readonly clocks: ReadonlyArray<ClockRule>;
  readonly reasons: ReadonlyArray<Reason>;
  readonly summaries: ReadonlyArray<SummaryRule>;
  readonly levels: Readonly<Record<string, ReadonlyArray<string>>>;
  readonly versions: ReadonlyArray<RuleVersion>;
}

/** What a clinic has already of what a first run makes; what is missing is left to do. */
export interface Left {
  readonly second_factor: boolean;
  readonly program: string | null;
  readonly kinds: number;
  readonly leaders: number;
  readonly clients: number;
  readonly group: string | null;
}

/**
 * A program: its time zone, its week, the attendance policy that it began with, and for whom it is.
 *
 * `tags` say for whom it is meant, such as "women" or "first responders". No `capacity`: it takes everybody.
 */
export interface Program {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly week_start: Weekday;
  readonly policy_id: string;
  readonly policy_version: number;
  readonly capacity: number | null;
  readonly tags: ReadonlyArray<string>;
}

/** A kind such as yoga, which counts as `expressive`. `in_use`: it is offered when a session is planned. */
export interface ClinicKind {
  readonly id: string;
  readonly name: string;
  readonly counts_as: SessionKind;
  readonly in_use: boolean;
}

/**
 * What a phase asks of each week from a day on: credited seconds, and days with credit.
 *
 * `kinds` lists the kinds that count toward it; empty means all.
 */
export interface Requirement {
  readonly from_on: LocalDate;
  readonly required_s: number;
  readonly days_per_week: number;
  readonly kinds: ReadonlyArray<SessionKind>;
}

/**
 * One phase of a program. A step-down is a phase that requires less.
 *
 * `requirements` is sorted by day, and among those of one day by when they were saved.
 */
export interface Phase {
  readonly id: string;
  readonly program: string;
  readonly position: number;
  readonly name: string;
  readonly usual_weeks: number | null;
  readonly requirements: ReadonlyArray<Requirement>;
}

/** One version of a program's text. Versions count from 1, and none is ever changed. */
export interface ProgramText {
  readonly kind: TextKind;
  readonly version: number;
  readonly text: string;
  readonly digest: string;
  readonly by: string | null;
  readonly at: Instant;
}

/** A client in a phase of a program, whose id is `phase`. `ends_on` None: until further notice. */
export interface Enrolment {
  readonly id: string;
  readonly program: string;
  readonly client: string;
  readonly starts_on: LocalDate;
  readonly ends_on: LocalDate | null;
  readonly phase: string;
}
