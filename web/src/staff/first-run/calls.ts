/** The requests of a clinic's first run, and of its settings. */

import type {
  BeAdministrator, BeginProgram, ClientView, CreateEnrolment, ClinicView, DescribeClinic, Enrolment, FirstRunView, JoinLink, Left, Program,
} from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";

export const calls = {
  open: (link: string) => request<FirstRunView>("POST", "/api/first-run/open", { link }),
  beAdministrator: (body: BeAdministrator) => request<null>("POST", "/api/first-run/administrator", body),
  left: () => request<Left>("GET", "/api/first-run"),
  clinic: () => request<ClinicView>("GET", "/api/clinic"),
  describeClinic: (body: DescribeClinic) => request<ClinicView>("PUT", "/api/clinic", body),
  beginProgram: (body: BeginProgram) => request<Program>("POST", "/api/programs/from-template", body),
  addClient: (name: string) => request<ClientView>("POST", "/api/clients", { name }),
  enrol: (body: CreateEnrolment) => request<Enrolment>("POST", "/api/enrolments", body),
  enrolments: (program: string, after: string | null) =>
    request<Items<Enrolment>>("GET", `/api/enrolments?program=${program}${after === null ? "" : `&after=${after}`}`),
  makeLink: (enrolment: string) => request<JoinLink>("POST", "/api/join-links", { enrolment }),
};
