import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Note } from "../../wire/api.gen.ts";
import { Drafts } from "./drafts.ts";

const note = (text: string, saved_at: string, more: Partial<Note> = {}): Note => ({
  id: "n", session: "s", client: null, client_name: null, kind: "progress", author: "dana", version: 1, text,
  saved_at, signatures: [], unreadable: null, ...more,
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

it("after a reload only the writer's own notes are back", async () => {
  const drafts = new Drafts("s", () => true);
  const theirs = note("theirs", "2026-03-04T23:00:00Z", { author: "kim", client: "sam" });
  await drafts.restore(async () => [note("mine", "2026-03-04T23:00:00Z"), theirs], "dana");
  expect(drafts.of(null).text.value).toBe("mine");
  expect(drafts.of("sam").text.value).toBe("");
  expect(drafts.restoring.value).toBe("done");
});

it("fetches again until the records hold what this tab last saved", async () => {
  const before = new Drafts("s", () => true);
  before.saved({ type: "note_saved", client: null, kind: "progress", revision: 2, at: "2026-03-04T23:00:05Z" });
  const answers = [[note("old", "2026-03-04T23:00:01Z")], [note("new", "2026-03-04T23:00:05Z")]];
  const after = new Drafts("s", () => true);
  const restoring = after.restore(async () => answers.shift() ?? [], "dana");
  await vi.advanceTimersByTimeAsync(1_000);
  await restoring;
  expect(after.of(null).text.value).toBe("new");
});

it("a note that the server cannot open is not restored as an empty one", async () => {
  const drafts = new Drafts("s", () => true);
  const lost = note("", "2026-03-04T23:00:00Z", { client: "sam", unreadable: "text" });
  await drafts.restore(async () => [note("mine", "2026-03-04T23:00:00Z"), lost], "dana");
  expect(drafts.of(null).text.value).toBe("mine");
  expect(drafts.restoring.value).toBe("failed");
});

it("a signed note is closed to typing", async () => {
  const drafts = new Drafts("s", () => true);
  const signature = { signer: "dana", signer_name: "Dana", at: "2026-03-04T23:30:00Z", digest: "d" };
  await drafts.restore(async () => [note("signed", "2026-03-04T23:00:00Z", { client: "sam", signatures: [signature] })], "dana");
  expect(drafts.signed.value).toEqual(new Set(["sam"]));
});

it("says when the earlier text could not be fetched, so that nobody replaces it by accident", async () => {
  const drafts = new Drafts("s", () => true);
  await drafts.restore(() => Promise.reject(new Error("away")), "dana");
  expect(drafts.restoring.value).toBe("failed");
});

it("leaving waits until typed text is on disk, but not for long", async () => {
  const drafts = new Drafts("s", () => true);
  await drafts.settled();
  drafts.of(null).type("Calm.");
  drafts.flush();
  const settling = drafts.settled();
  expect(drafts.unsaved()).toEqual(["Calm."]);
  drafts.saved({ type: "note_saved", client: null, kind: "progress", revision: Number(sessionStorage.getItem("vesper.revision")), at: "2026-03-04T23:00:05Z" });
  await vi.advanceTimersByTimeAsync(50);
  await settling;
  expect(drafts.unsaved()).toEqual([]);
  drafts.of(null).type("Calm evening.");
  const inVain = drafts.settled();
  await vi.advanceTimersByTimeAsync(2_000);
  await inVain;
  expect(drafts.unsaved()).toEqual(["Calm evening."]);
});
