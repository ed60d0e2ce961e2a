import { expect, it } from "vitest";
import { unlessChanged } from "./conflict.ts";
import { RequestRefused } from "./request.ts";

const refused = (code: string) => Promise.reject(new RequestRefused(code, 409, code));

it("an accepted change is done", async () => {
  expect(await unlessChanged(Promise.resolve("mine"), async () => "theirs")).toEqual({ is: "done", value: "mine" });
});

it("the second editor is shown the first one's change", async () => {
  expect(await unlessChanged(refused("conflict"), async () => "theirs")).toEqual({ is: "changed_elsewhere", theirs: "theirs" });
});

it("a refusal for another reason is no conflict", async () => {
  await expect(unlessChanged(refused("note_unreadable"), async () => "theirs")).rejects.toThrow("note_unreadable");
});

it("if the other change cannot be fetched, the refusal is still shown", async () => {
  await expect(unlessChanged(refused("conflict"), () => Promise.reject(new Error("away")))).rejects.toThrow("conflict");
  await expect(unlessChanged(refused("conflict"), async () => null)).rejects.toThrow("conflict");
});
