/** The one table of the staff app's pages: to add a page, add an entry here (docs/contributing.md, §7). */

import type { ComponentType } from "preact";
import { staffWords } from "../../messages/words.ts";
import type { Permission } from "../../wire/api.gen.ts";
import { type Ids, matched } from "../router.ts";
import type { SectionName } from "./sections.ts";

export type ScreenName = keyof typeof staffWords.office.screens;
type View = ComponentType<Ids<string>>;

export interface Screen {
  /** Its address; `:person` stands for an id, and the component gets it as a property of that name. */
  readonly path: string;
  /** The section of the navigation that is marked while it is shown. */
  readonly section?: SectionName;
  /** Its link within its section. A page without one is reached from another page, such as one person's from the list. */
  readonly label?: ScreenName;
  /** Who may not do this is neither shown the link nor the page. */
  readonly needs?: Permission;
  /** Shown without the frame, also to somebody who is not signed in. */
  readonly alone?: boolean;
  readonly load: () => Promise<View>;
}

type Entry<Path extends string> = Omit<Screen, "path" | "load"> & { readonly load: () => Promise<ComponentType<Ids<Path>>> };

/** The compiler holds a component to the ids of its address; the table only passes them on. */
function screen<const Path extends string>(path: Path, { load, ...rest }: Entry<Path>): Screen {
  return { path, ...rest, load: load as unknown as () => Promise<View> };
}

export const SCREENS: readonly Screen[] = [
  screen("/", { section: "today", label: "today", needs: "sessions.see", load: async () => (await import("../today.tsx")).Today }),
  screen("/sessions", { section: "today", label: "comingSessions", needs: "sessions.see", load: async () => (await import("../planning/coming.tsx")).ComingSessions }),
  screen("/sessions/new", { section: "today", label: "planSession", needs: "sessions.plan", load: async () => (await import("../planning/new.tsx")).NewSession }),
  screen("/sessions/:session/roster", { section: "today", needs: "sessions.plan", load: async () => (await import("../planning/roster.tsx")).RosterPage }),
  screen("/clinic", { section: "clinic", label: "clinic", needs: "clinic.see", load: async () => (await import("../clinic/page.tsx")).ClinicPage }),
  screen("/clinic/tokens", { section: "clinic", label: "tokens", needs: "tokens.manage", load: async () => (await import("../clinic/tokens.tsx")).TokensPage }),
  screen("/first-run", { alone: true, load: async () => (await import("../first-run/page.tsx")).FirstRun }),
  screen("/first-run/:step", { alone: true, load: async () => (await import("../first-run/page.tsx")).FirstRunStep }),
  screen("/clinic/sign-in", {
    section: "clinic", label: "signInPolicy", needs: "clinic.manage", load: async () => (await import("../access/policy.tsx")).SignInPolicy,
  }),
  screen("/clinic/single-sign-on", {
    section: "clinic", label: "singleSignOn", needs: "clinic.manage", load: async () => (await import("../provider/settings.tsx")).SingleSignOn,
  }),
  screen("/sign-in/confirm", { alone: true, load: async () => (await import("../provider/confirm.tsx")).ConfirmPage }),
  screen("/sign-in/:clinic", { alone: true, load: async () => (await import("../provider/door.tsx")).ProviderDoorPage }),
  screen("/sign-in/:clinic/return", { alone: true, load: async () => (await import("../provider/return.tsx")).ProviderReturnPage }),
  screen("/me", { section: "me", label: "me", needs: "sign_in.own", load: async () => (await import("../access/my-sign-in.tsx")).MySignIn }),
  screen("/forgot", { alone: true, load: async () => (await import("../access/forgot.tsx")).Forgot }),
  screen("/reset", { alone: true, load: async () => (await import("../access/reset.tsx")).Reset }),
  screen("/confirm-email", { alone: true, load: async () => (await import("../access/confirm-email.tsx")).ConfirmEmail }),
  screen("/session/:session", { alone: true, load: async () => (await import("../room/staff-room.tsx")).StaffRoom }),
  screen("/session/:session/attendance", {
    section: "today", needs: "hours.see", load: async () => (await import("../attendance/page.tsx")).AttendancePage,
  }),
  screen("/inquiries", {
    section: "inquiries", label: "inquiries", needs: "intake.see", load: async () => (await import("../inquiries/list.tsx")).InquiryList,
  }),
  screen("/inquiries/new", {
    section: "inquiries", needs: "intake.work", load: async () => (await import("../inquiries/new.tsx")).NewInquiry,
  }),
  screen("/inquiries/:inquiry", {
    section: "inquiries", needs: "intake.see", load: async () => (await import("../inquiries/inquiry.tsx")).InquiryPage,
  }),
  screen("/clients", { section: "clients", label: "clients", needs: "clients.see", load: async () => (await import("../clients/list.tsx")).ClientList }),
  screen("/clients/new", { section: "clients", label: "newClient", needs: "clients.edit", load: async () => (await import("../clients/new.tsx")).NewClient }),
  screen("/clients/import", {
    section: "clients", label: "importClients", needs: "clients.transfer", load: async () => (await import("../transfer/import.tsx")).ImportPage,
  }),
  screen("/clinic/exports", {
    section: "clinic", label: "exports", needs: "clients.transfer", load: async () => (await import("../transfer/exports.tsx")).ExportsPage,
  }),
  screen("/clients/:client", { section: "clients", needs: "clients.see", load: async () => (await import("../clients/page.tsx")).ClientPage }),
  screen("/programs", { section: "programs", label: "programs", needs: "programs.see", load: async () => (await import("../programs/list.tsx")).ProgramList }),
  screen("/programs/new", { section: "programs", needs: "programs.manage", load: async () => (await import("../programs/new.tsx")).NewProgram }),
  screen("/programs/:program", { section: "programs", needs: "programs.see", load: async () => (await import("../programs/page.tsx")).ProgramPage }),
  screen("/staff", { section: "staff", label: "staff", needs: "staff.see", load: async () => (await import("../people/staff-list.tsx")).StaffList }),
  screen("/clinic/kinds", { section: "clinic", label: "kinds", needs: "programs.see", load: async () => (await import("../programs/kinds.tsx")).KindsPage }),
  screen("/clinic/licences", {
    section: "clinic", label: "licenceRules", needs: "clinic.manage", load: async () => (await import("../licences/rules.tsx")).LicenceRulesPage,
  }),
  screen("/clinic/intake-rules", { section: "clinic", label: "intakeRules", needs: "programs.see", load: async () => (await import("../way/rules-page.tsx")).IntakeRulesPage }),
  screen("/clinic/outbox", { section: "clinic", label: "outbox", needs: "outbox.see", load: async () => (await import("../mail/outbox.tsx")).OutboxPage }),
  screen("/clinic/who-looked", {
    section: "clinic", label: "looks", needs: "access.see", load: async () => (await import("../looks/page.tsx")).WhoLookedPage,
  }),
  screen("/clinic/retention", {
    section: "clinic", label: "retention", needs: "retention.manage", load: async () => (await import("../retention/page.tsx")).RetentionPage,
  }),
  screen("/clinic/who-looked/:person", {
    section: "clinic", needs: "access.see", load: async () => (await import("../looks/page.tsx")).WhoLookedAtPage,
  }),
  screen("/staff/invite", { section: "staff", needs: "staff.manage", load: async () => (await import("../people/invite.tsx")).Invite }),
  screen("/staff/:member", { section: "staff", needs: "staff.see", load: async () => (await import("../people/member.tsx")).Member }),
  screen("/invitation", { alone: true, load: async () => (await import("../people/accept.tsx")).Accept }),
];

export interface Found {
  readonly screen: Screen;
  readonly ids: Ids<string>;
}

/** The page at a path, with the ids in it; null if there is none. */
export function screenAt(path: string): Found | null {
  for (const each of SCREENS) {
    const ids = matched(each.path, path);
    if (ids !== null) return { screen: each, ids };
  }
  return null;
}
