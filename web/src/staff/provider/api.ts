/** The requests about the clinic's own sign-in provider. */

import type {
  ClinicProvider, OwnProvider, ProviderDoor, ProviderQuestion, ProviderReturn, SetProvider, SignInAnswer, Tried,
} from "../../wire/api.gen.ts";
import { request } from "../../wire/request.ts";

const question = (path: string, body: unknown = {}) => request<ProviderQuestion>("POST", path, body);
const at = (clinic: string) => `/api/providers/${encodeURIComponent(clinic)}`;

export const providerApi = {
  door: (clinic: string) => request<ProviderDoor>("GET", at(clinic)),
  signIn: (clinic: string) => question(`${at(clinic)}/sign-in`),
  byInvitation: (link: string) => question("/api/invitations/provider", { link }),
  link: () => question("/api/me/provider/link"),
  confirm: () => question("/api/me/provider/confirmation"),
  comeBack: (clinic: string, body: ProviderReturn) => request<SignInAnswer>("POST", `${at(clinic)}/return`, body),
  own: () => request<OwnProvider>("GET", "/api/me/provider"),
  unlink: () => request<null>("DELETE", "/api/me/provider"),
  settings: () => request<ClinicProvider>("GET", "/api/clinic/provider"),
  change: (body: SetProvider) => request<ClinicProvider>("PUT", "/api/clinic/provider", body),
  remove: () => request<null>("DELETE", "/api/clinic/provider"),
  tryOut: (body: SetProvider) => request<Tried>("POST", "/api/clinic/provider/try", body),
};
