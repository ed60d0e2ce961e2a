import { expect, it } from "vitest";
import { unlessChanged } from "./conflict.ts";
import { RequestRefused } from "./request.ts";

const refused = (code: string) => Promise.reject(new RequestRefused(code, 409, code));

it("a change that is taken is done", async () => {
  expect(await unlessChanged(Promise.resolve("mine"), async () => "theirs")).toEqual({ is: "done", value: "mine" });
});

it("who comes second is shown what the first one made", async () => {
  expect(await unlessChanged(refused("conflict"), async () => "theirs")).toEqual({ is: "changed_elsewhere", theirs: "theirs" });
});

it("a refusal for another reason is no change of somebody else's", async () => {
  await expect(unlessChanged(refused("note_unreadable"), async () => "theirs")).rejects.toThrow("note_unreadable");
});

it("a change that cannot be fetched is still a refusal, and not silence", async () => {
  await expect(unlessChanged(refused("conflict"), () => Promise.reject(new Error("away")))).rejects.toThrow("conflict");
  await expect(unlessChanged(refused("conflict"), async () => null)).rejects.toThrow("conflict");
});
