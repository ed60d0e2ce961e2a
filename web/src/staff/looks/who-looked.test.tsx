import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Look } from "../../wire/api.gen.ts";
import { LookList } from "./who-looked.tsx";

const DANA = { id: "dana", name: "Dana Whitfield" };
const PAT = { id: "pat", name: "Pat Morrow" };
const LOOK: Look = {
  id: "7", at: "2026-11-23T18:00:00Z", by: DANA, by_program: false, record: "notes", did: "saw", persons: [PAT], further: 0,
};

let root: HTMLElement;
let answers: Array<{ readonly items: readonly Look[]; readonly next: string | null; readonly person: typeof PAT | null }> = [];
let asked: string[] = [];

const show = (person?: string) => act(async () => render(<LookList asked={person === undefined ? {} : { person }} />, root));
const shown = (words: string) => vi.waitFor(() => expect(root.textContent).toContain(words));
const press = (label: string) =>
  act(async () => [...root.querySelectorAll("button")].find((button) => button.textContent === label)?.click());

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
  asked = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const answer = answers.shift();
    return new Response(JSON.stringify(answer ?? {}), { status: answer === undefined ? 503 : 200 });
  });
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  vi.unstubAllGlobals();
});

it("says who looked at what, and leads to everybody who looked at the same person", async () => {
  answers = [{ items: [LOOK], next: null, person: null }];
  await show();
  await shown("Dana Whitfield");
  await shown("Saw: notes of a session");
  expect(root.querySelector("a")?.getAttribute("href")).toBe("/clinic/who-looked/pat");
  await shown("These are all.");
});

it("names on one person's page nobody but those who looked", async () => {
  answers = [{ items: [{ ...LOOK, persons: [] }], next: null, person: PAT }];
  await show("pat");
  await shown("Dana Whitfield");
  expect(root.textContent).not.toContain("Whose record");
});

it("says so of programs, of people who are gone, and of those who did not prove who they are", async () => {
  const others = [{ ...LOOK, by_program: true }, { ...LOOK, by: { id: "x", name: null } }, { ...LOOK, by: null, did: "tried" as const }];
  answers = [{ items: others.map((look, place) => ({ ...look, id: String(place) })), next: null, person: null }];
  await show();
  await shown("Dana Whitfield (a program)");
  await shown("no longer known here");
  await shown("did not prove who they are");
  await shown("Tried without success: notes of a session");
});

it("older looks come below, and those that are shown stay when the network fails", async () => {
  answers = [{ items: [LOOK], next: "7", person: null }];
  await show();
  await shown("There are older ones.");
  await press("Show older ones");
  await shown("Something went wrong");
  await shown("1 look is shown.");
  answers = [{ items: [{ ...LOOK, id: "3", by: PAT }], next: null, person: null }];
  await press("Show older ones");
  await shown("2 looks are shown. These are all.");
  expect(asked.at(-1)).toBe("/api/who-looked?after=7");
});
