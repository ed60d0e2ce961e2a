/** The requests about a client's guests. */

import type { FileRelease, Guest, GuestFor, Guests, InviteGuest } from "../../wire/api.gen.ts";
import { request } from "../../wire/request.ts";

export const guestsApi = {
  guests: (client: string) => request<Guests>("GET", `/api/clients/${client}/guests`),
  invite: (client: string, body: InviteGuest) => request<Guest>("POST", `/api/clients/${client}/guests`, body),
  makeLink: (guest: string, body: GuestFor) => request<Guest>("POST", `/api/guests/${guest}/links`, body),
  withdrawLink: (link: string) => request<null>("DELETE", `/api/guest-links/${link}`),
  revokeRelease: (guest: string) => request<null>("DELETE", `/api/guests/${guest}/release`),
  fileRelease: (guest: string, body: FileRelease) => request<Guest>("POST", `/api/guests/${guest}/release`, body),
};
