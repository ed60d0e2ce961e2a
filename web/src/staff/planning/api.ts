/** The requests that plan sessions by hand. */

import type { CreateSession, ReplaceRoster, Session } from "../../wire/api.gen.ts";
import { request } from "../../wire/request.ts";

export const planningApi = {
  plan: (body: CreateSession) => request<Session>("POST", "/api/sessions", body),
  replaceRoster: (session: string, body: ReplaceRoster) => request<Session>("PUT", `/api/sessions/${session}/roster`, body),
};
