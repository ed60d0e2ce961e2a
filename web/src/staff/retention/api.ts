/** The requests of the page about retention. */

import type { HoldClient, KeepLonger, LocalDate, Retention } from "../../wire/api.gen.ts";
import { request } from "../../wire/request.ts";

export const retentionApi = {
  show: () => request<Retention>("GET", "/api/clinic/retention"),
  keep: (body: KeepLonger) => request<null>("PUT", "/api/clinic/retention", body),
  hold: (client: string, body: HoldClient) => request<null>("POST", `/api/clients/${client}/holds`, body),
  release: (hold: string) => request<null>("DELETE", `/api/holds/${hold}`),
  postpone: (client: string, until: LocalDate) => request<null>("PUT", `/api/clients/${client}/erasing`, { until }),
};
