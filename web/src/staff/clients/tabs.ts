/** The one table of what a client's page shows: to add a part, add an entry here, and its word under `clients.tabs`. */

import type { ComponentType } from "preact";
import type { staffWords } from "../../messages/words.ts";
import type { ClientView, Permission } from "../../wire/api.gen.ts";

export interface TabProps {
  readonly client: ClientView;
  /** The client as a change has made them, for the other parts of the page. */
  readonly onChanged: (client: ClientView) => void;
}

export interface ClientTab {
  readonly name: keyof typeof staffWords.clients.tabs;
  /** Who may not do this is not shown the part. */
  readonly needs: Permission;
  readonly load: () => Promise<ComponentType<TabProps>>;
}

export const CLIENT_TABS: readonly ClientTab[] = [
  { name: "overview", needs: "clients.see", load: async () => (await import("./overview/overview.tsx")).Overview },
  { name: "enrolments", needs: "clients.see", load: async () => (await import("../way/enrolments.tsx")).EnrolmentsTab },
  { name: "link", needs: "links.manage", load: async () => (await import("../links/links.tsx")).LinksTab },
  { name: "guests", needs: "guests.see", load: async () => (await import("../guests/guests.tsx")).GuestsTab },
  { name: "groups", needs: "intake.see", load: async () => (await import("./groups/groups.tsx")).Groups },
  { name: "codes", needs: "links.manage", load: async () => (await import("../identity/identity-contact.tsx")).CodesTab },
  { name: "looked", needs: "access.see", load: async () => (await import("../looks/who-looked.tsx")).WhoLookedTab },
  { name: "hours", needs: "hours.see", load: async () => (await import("./parts/hours.tsx")).HoursPart },
  { name: "sessions", needs: "hours.see", load: async () => (await import("./parts/sessions.tsx")).SessionsPart },
  { name: "consents", needs: "consents.see", load: async () => (await import("./parts/consents.tsx")).ConsentsPart },
  { name: "copy", needs: "clients.transfer", load: async () => (await import("../transfer/copy.tsx")).CopyPart },
];
