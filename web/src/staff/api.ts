/** The requests of the staff app's pages. */

import type {
  AcceptInvitation, Attendance, CancelSession, ChangeRoles, HandOver, Identity, InviteStaff, LeftUndone, LookQuery, Looks,
  Me, Note, OpenInvitation, Outbox, RemovePerson, RoomView, Session, SetIdentityContact, SignIn, SignInAnswer, SignNote,
  StaffInvitation, StaffMember, StaffMembers, TakeoverReason, TakeResponsibility, TicketView,
} from "../wire/api.gen.ts";
import { type Items, request } from "../wire/request.ts";

export const api = {
  me: () => request<Me | null>("GET", "/api/me"),
  signIn: (body: SignIn) => request<SignInAnswer>("POST", "/api/sign-in", body),
  signOut: () => request<null>("POST", "/api/sign-out", {}),
  whoLooked: (asked: LookQuery) => request<Looks>("GET", `/api/who-looked${queryOf(asked)}`),
  member: (id: string) => request<StaffMember>("GET", `/api/staff/${id}`),
  leftUndone: (id: string) => request<LeftUndone>("GET", `/api/staff/${id}/undone`),
  invite: (body: InviteStaff) => request<StaffMember>("POST", "/api/staff", body),
  inviteAgain: (id: string) => request<null>("POST", `/api/staff/${id}/invitation`),
  withdrawInvitation: (id: string) => request<null>("DELETE", `/api/staff/${id}/invitation`),
  openInvitation: (body: OpenInvitation) => request<StaffInvitation>("POST", "/api/invitations/open", body),
  acceptInvitation: (body: AcceptInvitation) => request<null>("POST", "/api/invitations/accept", body),
  changeRoles: (id: string, body: ChangeRoles) => request<StaffMember>("PUT", `/api/staff/${id}/roles`, body),
  switchOff: (id: string) => request<null>("POST", `/api/persons/${id}/deactivation`),
  switchOn: (id: string) => request<null>("DELETE", `/api/persons/${id}/deactivation`),
  handOver: (session: string, body: HandOver) => request<Session>("POST", `/api/sessions/${session}/handover`, body),
  staff: async () => (await request<StaffMembers>("GET", "/api/staff")).items,
  identity: (person: string) => request<Identity>("GET", `/api/persons/${person}/identity`),
  setIdentityContact: (person: string, body: SetIdentityContact) =>
    request<Identity>("PUT", `/api/persons/${person}/identity/contact`, body),
  allowCodes: (person: string) => request<null>("DELETE", `/api/persons/${person}/identity/wrong-codes`),
  forgetBrowser: (person: string, browser: string) =>
    request<null>("DELETE", `/api/persons/${person}/identity/browsers/${browser}`),
  outbox: (after: string | null) => request<Outbox>("GET", `/api/outbox${after === null ? "" : `?after=${after}`}`),
  sessionsToday: async () => (await request<Items<Session>>("GET", "/api/sessions")).items,
  session: (id: string) => request<Session>("GET", `/api/sessions/${id}`),
  cancelSession: (id: string, body: CancelSession) => request<Session>("POST", `/api/sessions/${id}/cancellation`, body),
  reinstateSession: (id: string) => request<Session>("DELETE", `/api/sessions/${id}/cancellation`),
  ticket: (session: string) => request<TicketView>("POST", `/api/sessions/${session}/tickets`, {}),
  room: (session: string) => request<RoomView>("GET", `/api/sessions/${session}/room`),
  removePerson: (session: string, person: string) =>
    request<null>("POST", `/api/sessions/${session}/removals`, { person } satisfies RemovePerson),
  readmitPerson: (session: string, person: string) =>
    request<null>("DELETE", `/api/sessions/${session}/removals/${person}`),
  takeResponsibility: (session: string, why: TakeoverReason) =>
    request<null>("POST", `/api/sessions/${session}/responsibility`, { why } satisfies TakeResponsibility),
  attendance: (session: string) => request<Attendance>("GET", `/api/sessions/${session}/attendance`),
  notes: async (session: string) => (await request<Items<Note>>("GET", `/api/sessions/${session}/notes`)).items,
  signNote: (note: string, body: SignNote) => request<Note>("POST", `/api/notes/${note}/signatures`, body),
};

/** The query of an address, from what is asked for: ids, days and numbers, never what somebody typed. */
function queryOf(asked: LookQuery): string {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
