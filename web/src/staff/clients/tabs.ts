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
  { name: "copy", needs: "clients.transfer", load: async () => (await import("../transfer/copy.tsx")).CopyPart },
];
