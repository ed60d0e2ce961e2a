/** The requests about licences of staff. */

import type {
  ExpiringLicences, Licences, LicenceRules, SetLicencePolicy, SetLicenceRule, WriteLicence,
} from "../../wire/api.gen.ts";
import { request } from "../../wire/request.ts";

export const licencesApi = {
  of: async (member: string) => (await request<Licences>("GET", `/api/staff/${member}/licences`)).items,
  add: async (member: string, body: WriteLicence) => (await request<Licences>("POST", `/api/staff/${member}/licences`, body)).items,
  correct: async (licence: string, body: WriteLicence) => (await request<Licences>("PUT", `/api/licences/${licence}`, body)).items,
  withdraw: async (licence: string) => (await request<Licences>("DELETE", `/api/licences/${licence}`)).items,
  expiring: async () => (await request<ExpiringLicences>("GET", "/api/expiring-licences")).items,
  rules: () => request<LicenceRules>("GET", "/api/clinic/licences"),
  setPolicy: (body: SetLicencePolicy) => request<LicenceRules>("PUT", "/api/clinic/licences/policy", body),
  setRule: (body: SetLicenceRule) => request<LicenceRules>("POST", "/api/clinic/licences/rules", body),
};
