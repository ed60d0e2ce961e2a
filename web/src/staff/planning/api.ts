/** The requests that plan sessions by hand. */

import type { CreateSession, ReplaceRoster, Session } from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";

export const planningApi = {
  between: async (from: string, to: string) =>
    (await request<Items<Session>>("GET", `/api/sessions?${new URLSearchParams({ from, to }).toString()}`)).items,
  plan: (body: CreateSession) => request<Session>("POST", "/api/sessions", body),
  replaceRoster: (session: string, body: ReplaceRoster) => request<Session>("PUT", `/api/sessions/${session}/roster`, body),
};
