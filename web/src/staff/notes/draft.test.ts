import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SaveNote } from "../../wire/protocol.gen.ts";
import { Draft } from "./draft.ts";

let said: SaveNote[] = [];
let connected = true;
const draft = () =>
  new Draft(null, (message) => {
    if (connected) said.push(message);
    return connected;
  });
const confirm = (note: Draft) =>
  note.saved({ type: "note_saved", client: null, kind: "progress", revision: said.at(-1)?.revision ?? 0, at: "2026-03-04T23:42:10Z" });

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  said = [];
  connected = true;
});
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

describe("a note", () => {
  it("is saved as it is typed, at most once a second, and ends with the last letter", () => {
    const note = draft();
    for (const letter of ["C", "Ca", "Cal", "Calm"]) {
      note.type(letter);
      vi.advanceTimersByTime(400);
    }
    vi.advanceTimersByTime(1_000);
    expect(said.length).toBeLessThanOrEqual(3);
    expect(said.at(-1)?.text).toBe("Calm");
  });

  it("counts as saved only when the node has its newest text", () => {
    const note = draft();
    note.type("Calm");
    vi.advanceTimersByTime(0);
    expect(note.saving.value).toEqual({ is: "saving" });
    note.type("Calm evening");
    confirm(note);
    expect(note.saving.value).toEqual({ is: "saving" });
    vi.advanceTimersByTime(1_000);
    confirm(note);
    expect(note.saving.value).toEqual({ is: "saved", at: "2026-03-04T23:42:10Z" });
  });

  it("gets a higher revision with each save, even from a page opened later", () => {
    const first = draft();
    first.type("one");
    vi.advanceTimersByTime(0);
    first.type("two");
    vi.advanceTimersByTime(1_000);
    const reloaded = draft();
    vi.advanceTimersByTime(10);
    reloaded.type("three");
    vi.advanceTimersByTime(0);
    const revisions = said.map((message) => message.revision);
    expect(revisions).toEqual([...revisions].sort((one, other) => one - other));
    expect(new Set(revisions).size).toBe(3);
  });

  it.each([-3_600_000, -365 * 86_400_000, 3_600_000])("is saved within a second although the clock steps by %i ms", (by) => {
    const note = draft();
    note.type("Calm");
    vi.advanceTimersByTime(0);
    vi.setSystemTime(Date.now() + by);
    note.type("Calm evening");
    vi.advanceTimersByTime(1_000);
    expect(said.map((message) => message.text)).toEqual(["Calm", "Calm evening"]);
  });

  it("gets higher revisions after a reload although the device's clock was set back before it", async () => {
    const before = draft();
    before.type("one");
    vi.advanceTimersByTime(0);
    vi.setSystemTime(Date.now() - 86_400_000);
    vi.resetModules();
    const { Draft: Reloaded } = await import("./draft.ts");
    const after = new Reloaded(null, (message) => said.push(message) > 0);
    after.type("two");
    vi.advanceTimersByTime(0);
    expect(said[1]?.revision).toBeGreaterThan(said[0]?.revision ?? Number.NaN);
  });

  it("with half a character pasted into it is saved without that half, which cannot be sent", () => {
    const note = draft();
    note.type("calm \ud83c");
    vi.advanceTimersByTime(0);
    expect(said[0]?.text).toBe("calm \ufffd");
  });

  it("typed while disconnected is sent after the next welcome", () => {
    const note = draft();
    connected = false;
    note.type("written in a tunnel");
    vi.advanceTimersByTime(2_000);
    connected = true;
    note.sayAgain();
    expect(said.map((message) => message.text)).toEqual(["written in a tunnel"]);
  });

  it("that is saved is not sent again", () => {
    const note = draft();
    note.type("Calm");
    vi.advanceTimersByTime(0);
    confirm(note);
    note.sayAgain();
    expect(said).toHaveLength(1);
  });

  it("takes the earlier text, unless typing has begun", () => {
    const note = draft();
    note.restore("from before", "2026-03-04T23:00:00Z");
    expect(note.text.value).toBe("from before");
    const begun = draft();
    begun.type("new");
    begun.restore("from before", "2026-03-04T23:00:00Z");
    expect(begun.text.value).toBe("new");
  });

  it("is saved at once when its editor is left", () => {
    const note = draft();
    note.type("a");
    vi.advanceTimersByTime(0);
    note.type("ab");
    note.flush();
    expect(said.at(-1)?.text).toBe("ab");
  });
});
