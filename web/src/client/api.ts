/** The requests of the client app's pages. */

import type { Invitation, TicketView } from "../wire/api.gen.ts";
import { request } from "../wire/request.ts";

export const api = {
  openJoinLink: (link: string) => request<Invitation>("POST", "/api/join-links/open", { link }),
  ticket: (session: string, link: string) => request<TicketView>("POST", `/api/sessions/${session}/tickets`, { link }),
};
