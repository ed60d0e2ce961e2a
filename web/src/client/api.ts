/** The requests of the client app's pages. */

import type { AliasOffer, AskForCode, ChangeIdentityContact, GiveCode, Invitation, MyHours, TicketView } from "../wire/api.gen.ts";
import { request, saveFile } from "../wire/request.ts";

export const api = {
  agreeToRule: (link: string, version: string) => request<null>("POST", "/api/guest-links/agreement", { link, version }),
  openJoinLink: (link: string) => request<Invitation>("POST", "/api/join-links/open", { link }),
  confirmAlias: (link: string, alias: string) => request<AliasOffer>("POST", "/api/join-links/alias", { link, alias }),
  ticket: (session: string, link: string) => request<TicketView>("POST", `/api/sessions/${session}/tickets`, { link }),
  askForCode: (body: AskForCode) => request<null>("POST", "/api/identity/codes", body),
  giveCode: (body: GiveCode) => request<null>("POST", "/api/identity/browsers", body),
  changeContact: (body: ChangeIdentityContact) => request<null>("POST", "/api/identity/contact", body),
  myCopy: (link: string) => saveFile("POST", "/api/my-copy", "record.zip", { link }),
  myHours: (link: string) => request<MyHours>("POST", "/api/my-hours", { link }),
};
