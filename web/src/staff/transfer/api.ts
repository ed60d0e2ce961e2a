/** The requests of imports and exports. */

import type { AskedExport, BringClients, ClientImport, ClinicExport, ClinicExports } from "../../wire/api.gen.ts";
import { request, saveFile } from "../../wire/request.ts";

export const transferApi = {
  bring: (content: string) => request<ClientImport>("POST", "/api/imports", { content } satisfies BringClients),
  import: (id: string) => request<ClientImport>("GET", `/api/imports/${id}`),
  apply: (id: string) => request<ClientImport>("POST", `/api/imports/${id}/application`),
  copy: (client: string) => saveFile("GET", `/api/clients/${client}/copy`, "record.zip"),
  exports: async () => (await request<ClinicExports>("GET", "/api/exports")).items,
  ask: () => request<AskedExport>("POST", "/api/exports"),
  approve: (id: string) => request<ClinicExport>("POST", `/api/exports/${id}/approval`),
  stop: (id: string) => request<ClinicExport>("DELETE", `/api/exports/${id}`),
  fetch: (id: string) => saveFile("POST", `/api/exports/${id}/file`, "clinic.vesper-export"),
};
