/** The requests of the pages about programs. */

import type {
  ChangePolicy, ClinicKind, CreateKind, CreatePhase, DescribeKind, CreateProgram, DescribePhase, DescribeProgram, NewRequirement, NewText, Occupancy, Phase,
  PolicyPreview, Program, ProgramPolicies, ProgramText,
} from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";

const items = async <T>(path: string) => (await request<Items<T>>("GET", path)).items;
const at = (program: string) => `/api/programs/${program}`;

export const calls = {
  programs: () => items<Program>("/api/programs"),
  create: (body: CreateProgram) => request<Program>("POST", "/api/programs", body),
  program: (id: string) => request<Program>("GET", at(id)),
  describe: (id: string, body: DescribeProgram) => request<Program>("PUT", at(id), body),
  occupancy: (id: string) => request<Occupancy>("GET", `${at(id)}/occupancy`),
  phases: (id: string) => items<Phase>(`${at(id)}/phases`),
  createPhase: (id: string, body: CreatePhase) => request<Phase>("POST", `${at(id)}/phases`, body),
  describePhase: (phase: string, body: DescribePhase) => request<Items<Phase>>("PUT", `/api/phases/${phase}`, body),
  require: (phase: string, body: NewRequirement) => request<Phase>("POST", `/api/phases/${phase}/requirements`, body),
  kinds: () => items<ClinicKind>("/api/kinds"),
  createKind: (body: CreateKind) => request<ClinicKind>("POST", "/api/kinds", body),
  describeKind: (kind: string, body: DescribeKind) => request<ClinicKind>("PUT", `/api/kinds/${kind}`, body),
  texts: (id: string) => items<ProgramText>(`${at(id)}/texts`),
  addText: (id: string, body: NewText) => request<ProgramText>("POST", `${at(id)}/texts`, body),
  policies: (id: string) => request<ProgramPolicies>("GET", `${at(id)}/policies`),
  preview: (id: string, body: ChangePolicy) => request<PolicyPreview>("POST", `${at(id)}/policies/preview`, body),
  changePolicy: (id: string, body: ChangePolicy) => request<PolicyPreview>("POST", `${at(id)}/policies`, body),
};
