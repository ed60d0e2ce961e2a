/** The requests of the pages about clients. What was typed to find somebody travels in the body alone. */

import type {
  AddDiagnosis, AttendedRows, ClientHours, ClientRow, ClientTags, ClientView, ConsentView, CreateClient, DescribeClient,
  DiagnosisView, FindAlike, LocalDate, MeetingLog, ReplaceAlias, ReplaceContacts, ReplaceIds, SearchClients, SetClientTags,
} from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";

const items = async <T>(method: string, path: string, body?: unknown): Promise<ReadonlyArray<T>> =>
  (await request<Items<T>>(method, path, body)).items;

export const clientsApi = {
  search: (body: SearchClients) => request<Items<ClientRow>>("POST", "/api/clients/search", body),
  alike: (body: FindAlike) => items<ClientRow>("POST", "/api/clients/alike", body),
  create: (body: CreateClient) => request<ClientView>("POST", "/api/clients", body),
  client: (id: string) => request<ClientView>("GET", `/api/clients/${id}`),
  describe: (id: string, body: DescribeClient) => request<ClientView>("PUT", `/api/clients/${id}/person`, body),
  replaceContacts: (id: string, body: ReplaceContacts) => request<ClientView>("PUT", `/api/clients/${id}/contacts`, body),
  replaceIds: (id: string, body: ReplaceIds) => request<ClientView>("PUT", `/api/clients/${id}/external-ids`, body),
  replaceAlias: (id: string, body: ReplaceAlias) => request<ClientView>("PUT", `/api/clients/${id}/alias`, body),
  tags: (id: string) => request<ClientTags>("GET", `/api/persons/${id}/tags`),
  setTags: (id: string, body: SetClientTags) => request<ClientTags>("PUT", `/api/persons/${id}/tags`, body),
  meetings: (id: string) => request<MeetingLog>("GET", `/api/persons/${id}/meetings`),
  hours: (id: string) => request<ClientHours>("GET", `/api/clients/${id}/hours`),
  sessions: (id: string) => request<AttendedRows>("GET", `/api/clients/${id}/sessions`),
  consents: (id: string) => items<ConsentView>("GET", `/api/clients/${id}/consents`),
  diagnoses: (id: string) => items<DiagnosisView>("GET", `/api/clients/${id}/diagnoses`),
  addDiagnosis: (id: string, body: AddDiagnosis) => items<DiagnosisView>("POST", `/api/clients/${id}/diagnoses`, body),
  endDiagnosis: (id: string, diagnosis: string, ends_on: LocalDate | null) =>
    items<DiagnosisView>("PUT", `/api/clients/${id}/diagnoses/${diagnosis}`, { ends_on }),
  withdrawDiagnosis: (id: string, diagnosis: string) =>
    items<DiagnosisView>("DELETE", `/api/clients/${id}/diagnoses/${diagnosis}`),
  orderDiagnoses: (id: string, order: readonly string[]) =>
    items<DiagnosisView>("PUT", `/api/clients/${id}/diagnosis-order`, { order }),
};
