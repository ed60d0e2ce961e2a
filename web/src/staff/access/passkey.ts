/** Passkeys in the browser: what the service asks, and what the browser answers, both as JSON text. */

import { staffWords } from "../../messages/words.ts";

/** The person or the browser did not go through with it; `message` is for people. */
export class PasskeyNotUsed extends Error {}

/** Whether this browser can use passkeys as this page does. */
export const canUsePasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Make a passkey. */
export async function makePasskey(options: string): Promise<string> {
  return answered(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) }));
}

/** Have a passkey sign. */
export async function askPasskey(options: string): Promise<string> {
  return answered(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) }));
}

async function answered(ask: () => Promise<Credential | null>): Promise<string> {
  if (!canUsePasskeys()) throw new PasskeyNotUsed(staffWords.access.noPasskeys);
  try {
    const answer = await ask();
    if (answer instanceof PublicKeyCredential) return JSON.stringify(answer.toJSON());
  } catch {
    // The browser says the same for "cancelled", "too late" and "no such key", so that pages cannot probe for keys.
  }
  throw new PasskeyNotUsed(staffWords.access.passkeyFailed);
}
