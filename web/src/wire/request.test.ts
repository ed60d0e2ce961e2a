import { afterEach, expect, test, vi } from "vitest";
import { request } from "./request.ts";

afterEach(() => vi.unstubAllGlobals());

test("the erased are called so in the language of the page, and nobody else is touched", async () => {
  const answer = { items: [{ name: "[erased] (3f2a)" }, { name: "Pat [erased]" }] };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(answer)));
  expect(await request("GET", "/api/persons")).toEqual({ items: [{ name: "Erased (3f2a)" }, { name: "Pat [erased]" }] });
});
