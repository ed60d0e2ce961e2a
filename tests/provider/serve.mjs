/**
 * A sign-in provider for the tests: `oidc-provider`, with a page that asks who one is. It is given its issuer and its
 * keys, and prints its port. Its answers are its own; what is wrong with an answer is put in on the way (proxy.py).
 */

import { createServer } from "node:http";
import { createRequire } from "node:module";
import process from "node:process";
import { pathToFileURL } from "node:url";

const installed = createRequire(new URL("../../web/package.json", import.meta.url));
const { default: Provider } = await import(pathToFileURL(installed.resolve("oidc-provider")).href);

const [issuer, keys] = process.argv.slice(2);
const provider = new Provider(issuer, {
  jwks: JSON.parse(keys),
  claims: { openid: ["sub", "amr", "acr", "auth_time"] },
  features: { devInteractions: { enabled: false }, registration: { enabled: true } },
  cookies: { keys: ["of the tests only"] },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  // Whoever has signed in has agreed, as in a company's own directory.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});
provider.proxy = true;

const PAGE = `<!doctype html><html lang="en"><title>Riverbend accounts</title><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">
  <h1>Riverbend accounts</h1><form method="post"><p><label>Account <input name="account" autofocus required></label>
  <p><label><input type="checkbox" name="factor" value="mfa"> Use my second step</label>
  <p><button>Sign in</button> <button name="refuse" value="yes" formnovalidate>Cancel</button></form></html>`;

async function interact(request, response) {
  if (request.method === "GET") {
    response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    return;
  }
  const parts = [];
  for await (const part of request) parts.push(part);
  const given = new URLSearchParams(Buffer.concat(parts).toString());
  const amr = given.get("factor") === null ? ["pwd"] : ["pwd", given.get("factor")];
  const login = { accountId: given.get("account"), amr };
  const result = given.get("refuse") === null ? { login } : { error: "access_denied" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
const server = createServer((request, response) =>
  request.url.startsWith("/interaction/") ? interact(request, response) : answer(request, response),
);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume(); // ends with the tests, however they end
