/** The requests about a client's personal links. */

import type { ClientLinks, JoinLink } from "../../wire/api.gen.ts";
import { request } from "../../wire/request.ts";

export const linksApi = {
  links: (client: string) => request<ClientLinks>("GET", `/api/clients/${client}/join-links`),
  make: (enrolment: string) => request<JoinLink>("POST", "/api/join-links", { enrolment }),
  withdraw: (link: string) => request<null>("DELETE", `/api/join-links/${link}`),
};
