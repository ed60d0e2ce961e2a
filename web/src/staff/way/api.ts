/** The requests of the pages about inquiries and enrolments. */

import type { Admit, CreateEnrolment, CreateInquiry, Effects, Enrolment, Inquiry, InquiryList, InquiryState, IntakeRules, PlannedIntake, Program, RecordAct, SetRules, StaffMembers, Timeline } from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";

export const wayApi = {
  inquiries: (state: InquiryState | "", program: string) => {
    const asked = Object.entries({ state, program }).filter(([, value]) => value !== "");
    return request<InquiryList>("GET", `/api/inquiries${asked.length > 0 ? `?${new URLSearchParams(asked).toString()}` : ""}`);
  },
  inquiry: (id: string) => request<Inquiry>("GET", `/api/inquiries/${id}`),
  createInquiry: (body: CreateInquiry) => request<Inquiry>("POST", "/api/inquiries", body),
  step: (id: string, path: string, body: unknown) => request<Inquiry | PlannedIntake>("POST", `/api/inquiries/${id}/${path}`, body),
  previewAdmission: (id: string, body: Admit) => request<Effects>("POST", `/api/inquiries/${id}/admission/preview`, body),
  /** The clinic's rules as they hold on a day; today's without one. */
  rules: (on: string | null) => request<IntakeRules>("GET", `/api/intake-rules${on === null || on === "" ? "" : `?on=${on}`}`),
  setRules: (body: SetRules) => request<IntakeRules>("POST", "/api/intake-rules", body),
  programs: async () => (await request<Items<Program>>("GET", "/api/programs")).items,
  phases: async (program: string) => (await request<Items<{ readonly id: string; readonly name: string }>>("GET", `/api/programs/${program}/phases`)).items,
  staff: async () => (await request<StaffMembers>("GET", "/api/staff")).items,
  timelines: async (client: string) => (await request<Items<Timeline>>("GET", `/api/clients/${client}/enrolments`)).items,
  enrol: (body: CreateEnrolment) => request<Enrolment>("POST", "/api/enrolments", body),
  record: (enrolment: string, body: RecordAct) => request<Timeline>("POST", `/api/enrolments/${enrolment}/acts`, body),
  previewAct: (enrolment: string, body: RecordAct) => request<Effects>("POST", `/api/enrolments/${enrolment}/acts/preview`, body),
  withdraw: (act: string) => request<Timeline>("POST", `/api/acts/${act}/withdrawal`),
  previewWithdrawal: (act: string) => request<Effects>("POST", `/api/acts/${act}/withdrawal/preview`),
};
