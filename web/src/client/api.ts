/** The requests of the client app's pages. */

import type { AliasOffer, AskForCode, ChangeIdentityContact, GiveCode, Invitation, LogMeeting, MeetingLog, MyHours, TicketView } from "../wire/api.gen.ts";
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
  myMeetings: (link: string) => request<MeetingLog>("POST", "/api/my-meetings/open", { link }),
  logMeeting: (body: LogMeeting) => request<MeetingLog>("POST", "/api/my-meetings", body),
  removeMeeting: (link: string, meeting: string) => request<MeetingLog>("POST", "/api/my-meetings/removal", { link, meeting }),
  shareMeetings: (link: string, shared: boolean) => request<MeetingLog>("POST", "/api/my-meetings/sharing", { link, shared }),
  myHours: (link: string) => request<MyHours>("POST", "/api/my-hours", { link }),
};
