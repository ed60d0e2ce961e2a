/** The requests about one's own sign-in. */

import type {
  AddOneTimeCode, AddPasskey, AskForEmailChange, ChangeFactorPolicy, ChangePassword, ConfirmEmail, FactorPolicy, FactorProof, OneTimeCodeOffer, OwnSignIn, PasskeyOffer,
  Proof, ResetPassword, SecondFactors, SignInAnswer,
} from "../../wire/api.gen.ts";
import { type Items, request } from "../../wire/request.ts";

export const accessApi = {
  giveFactor: (body: FactorProof) => request<SignInAnswer>("POST", "/api/sign-in/factor", body),
  askForReset: (email: string) => request<null>("POST", "/api/password-resets", { email }),
  resetPassword: (body: ResetPassword) => request<null>("POST", "/api/password-resets/use", body),
  confirm: (proof: Proof) => request<null>("POST", "/api/me/confirmation", proof),
  passkeyQuestion: async () => (await request<PasskeyOffer>("POST", "/api/me/passkey-question", {})).options,
  beActive: (secondsAgo: number) => request<null>("POST", "/api/me/activity", { seconds_ago: secondsAgo }),
  lock: () => request<null>("POST", "/api/me/lock", {}),
  signIns: async () => (await request<Items<OwnSignIn>>("GET", "/api/me/sign-ins")).items,
  endSignIn: (id: string) => request<null>("DELETE", `/api/me/sign-ins/${id}`),
  endOthers: () => request<null>("DELETE", "/api/me/sign-ins"),
  changePassword: (body: ChangePassword) => request<null>("PUT", "/api/me/password", body),
  changeEmail: (body: AskForEmailChange) => request<null>("POST", "/api/me/email", body),
  confirmEmail: (body: ConfirmEmail) => request<null>("POST", "/api/email-changes/use", body),
  factors: () => request<SecondFactors>("GET", "/api/me/factors"),
  offerApp: () => request<OneTimeCodeOffer>("POST", "/api/me/factors/one-time-code/offer", {}),
  addApp: (body: AddOneTimeCode) => request<SecondFactors>("POST", "/api/me/factors/one-time-code", body),
  offerPasskey: async () => (await request<PasskeyOffer>("POST", "/api/me/factors/passkey/offer", {})).options,
  addPasskey: (body: AddPasskey) => request<SecondFactors>("POST", "/api/me/factors/passkey", body),
  renameFactor: (id: string, name: string) => request<SecondFactors>("PUT", `/api/me/factors/${id}`, { name }),
  removeFactor: (id: string) => request<SecondFactors>("DELETE", `/api/me/factors/${id}`),
  newRecoveryCodes: () => request<SecondFactors>("POST", "/api/me/recovery-codes", {}),
  policy: () => request<FactorPolicy>("GET", "/api/clinic/second-factor"),
  changePolicy: (body: ChangeFactorPolicy) => request<FactorPolicy>("PUT", "/api/clinic/second-factor", body),
};
