/** What pages say about a clinic's own sign-in provider. */

import { pluralOf } from "../../plural.ts";

const plural = pluralOf("en");

export const provider = {
  goOnWith: (label: string) => `Continue with ${label}`,
  leaving: "Opening your clinic's sign-in…",
  signInAt: (clinic: string) => `Sign in at ${clinic}`,
  doorLead: "You are taken to your clinic's own sign-in, and come back here.",
  withPassword: "Sign in with e-mail and password",
  or: "or",
  orPassword: "Or set a password of your own here:",
  notSignedIn: "That did not work",
  confirmed: "Confirmed",
  closeWindow: "You can close this window.",
  confirmWith: (label: string) => `Confirm with ${label}`,
  linked: "Your account is linked. From now on you can sign in with it.",

  ownNotLinked: (label: string) => `Sign in here with your ${label}: link it once, and it is a button from then on.`,
  ownLinked: (when: string) => `Linked since ${when}. You can sign in with it.`,
  link: "Link my account",
  unlink: "Unlink",
  unlinkAsk: "Unlink your account?",
  unlinkMeans: "You sign in with your password from then on. You can link it again at any time.",
  unlinked: "Your account is unlinked.",
  onlyWay: "It is your only way in, because you have no password here.",

  title: "Single sign-on",
  lead:
    "Your staff can sign in with the account that they have at your clinic already, such as at Microsoft Entra, Okta or Keycloak. " +
    "It works over OpenID Connect. Each person links their own account: an e-mail address alone opens nothing.",
  addresses: "Addresses",
  returnAddress: "Redirect address",
  returnHelp: "Enter this at your provider when you register Vesper there as a web application.",
  signInAddress: "Your clinic's sign-in page",
  signInHelp: "Give this link to your staff. A browser that has used it remembers it.",
  copy: "Copy",
  copied: "Copied.",
  settings: "Provider",
  issuer: "Issuer",
  issuerHelp: "The address that your provider calls itself by, such as https://login.example.org",
  clientId: "Client ID",
  clientSecret: "Client secret",
  clientSecretHelp: "Both are made by your provider when you register Vesper. The secret is kept encrypted and never shown again.",
  clientSecretKept: "One is kept, encrypted. Leave this empty to keep it.",
  label: "Name on the button",
  labelHelp: "What your staff call that account, such as “Riverbend account”.",
  factorValues: "Its second step counts if it says one of",
  factorValuesHelp:
    "Values of amr or acr, with spaces between, such as mfa. Empty: your provider's second step never counts, and Vesper asks " +
    "for its own where your clinic wants one.",
  seen: (values: string) => `So far it has said: ${values}.`,
  algorithms: "Signatures",
  algorithmsLabel: "Signatures that count",
  algorithmsHelp: "Choose what your provider uses. All are made with a key that only your provider has.",
  tryOut: "Try it",
  trying: "Trying…",
  saved: "Saved. Now link your own account under My sign-in, to see that all works.",
  allWell: "Your provider answers, its keys can be read, and it knows Vesper. Save, then link your own account under My sign-in.",
  findings: {
    address_wrong: "The issuer, or an address that your provider names, is no web address.",
    not_https: "The issuer, or an address that your provider names, does not begin with https://",
    not_public: "The issuer, or an address that your provider names, is not on the public internet, so Vesper does not ask it.",
    away: "Your provider does not answer. Check the issuer for typing mistakes.",
    redirects: "Your provider sends Vesper on to another address. Enter the address that it sends to as the issuer.",
    too_large: "Your provider's answer is too large to be right.",
    no_configuration: "There is no OpenID Connect configuration at that issuer. Copy the issuer as your provider shows it.",
    other_issuer: "Your provider calls itself otherwise. Copy the issuer exactly, with or without the slash at its end.",
    no_code_flow: "Your provider does not offer the code flow.",
    no_pkce: "Your provider does not support PKCE with S256.",
    no_algorithm: "Your provider signs with none of the signatures that you have chosen. See under Signatures.",
    no_keys: "Your provider shows no public key for signatures.",
    client_refused: "Your provider does not know this client ID, or the secret is another.",
    secret_missing: "Everything that can be tried without the client secret is right. Enter it, to try that too.",
  },
  dependents: "Who uses it",
  linkedPeople: (count: number) =>
    count === 0 ? "Nobody has linked an account yet." : plural(count, { one: "1 person has linked an account.", other: `${count} people have linked an account.` }),
  withoutPassword: (count: number) =>
    plural(count, {
      one: "1 of them has no password, and no other way in.",
      other: `${count} of them have no password, and no other way in.`,
    }),
  remove: "Remove",
  removeAsk: "Remove single sign-on?",
  removeMeans: "Nobody signs in with it from then on. Links are kept, and work again if you enter the same issuer.",
  removed: "Single sign-on is removed.",
};
