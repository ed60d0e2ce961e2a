import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as clock from "../now.ts";
import { Age } from "../ui/age.tsx";
import { type Loaded, useLoaded } from "./loaded.ts";
import { RequestRefused, UNREACHABLE } from "./request.ts";

let root: HTMLElement;
let loaded: Loaded<number>;
let again: () => void;
let asked = 0;
let refusal: RequestRefused | null = null;

const load = () => (refusal === null ? Promise.resolve((asked += 1)) : Promise.reject(refusal));

function Page({ about }: { readonly about: string }) {
  [loaded, again] = useLoaded(about, load, { whenSeen: true, editable: about === "a note" });
  return <Age loaded={loaded} again={again} />;
}

/** Acts, then lets the fetched data arrive. */
async function settled(action: () => void): Promise<void> {
  await act(action);
  await act(async () => {});
}

const open = (about = "today") => settled(() => render(<Page about={about} />, root));
const look = () => settled(() => document.dispatchEvent(new Event("visibilitychange")));
const later = (ms: number) => settled(() => vi.advanceTimersByTime(ms));

beforeEach(() => {
  vi.useFakeTimers();
  clock.set("2026-03-04T23:00:00Z");
  root = document.body.appendChild(document.createElement("div"));
  asked = 0;
  refusal = null;
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  vi.useRealTimers();
});

it("shows its age", async () => {
  await open();
  expect(loaded).toMatchObject({ is: "there", value: 1, at: Date.parse("2026-03-04T23:00:00Z") });
  expect(root.textContent).toMatch(/^As of \d+:00 [AP]MLook again$/);
});

it("is fetched again when the page is shown again, but not each time", async () => {
  await open();
  await look();
  expect(loaded).toMatchObject({ value: 1 });
  await later(6_000);
  await look();
  expect(loaded).toMatchObject({ value: 2 });
});

it("stays when the network fails, and says that it is old", async () => {
  await open();
  refusal = new RequestRefused(UNREACHABLE, 0, "We cannot reach Vesper just now.");
  await settled(again);
  expect(loaded).toMatchObject({ is: "there", value: 1, stale: { sentence: "We cannot reach Vesper just now." } });
  expect(root.textContent).toMatch(/We cannot reach Vesper just now\. What is shown here is as of/);
  refusal = null;
  await settled(again);
  expect(loaded).toMatchObject({ is: "there", value: 2, stale: null });
});

it("disappears on a refusal: a signed-out person no longer sees it", async () => {
  await open();
  refusal = new RequestRefused("not_signed_in", 401, "…");
  await settled(again);
  expect(loaded).toMatchObject({ is: "failed", error: refusal });
});

it("stays for a signed-out person who may be typing in it, with a sign-in beside it", async () => {
  await open("a note");
  refusal = new RequestRefused("not_signed_in", 401, "…");
  await settled(again);
  expect(loaded).toMatchObject({ is: "there", value: 1, stale: { error: refusal } });
  expect(root.querySelector("a")?.textContent).toContain("Sign in");
});

it("of another key is not shown meanwhile", async () => {
  await open();
  refusal = new RequestRefused(UNREACHABLE, 0, "…");
  await open("tomorrow");
  expect(loaded.is).toBe("failed");
});
