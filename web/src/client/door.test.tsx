import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ScriptedDevices } from "../media/scripted/devices.ts";
import * as clock from "../now.ts";
import type { Invitation } from "../wire/api.gen.ts";
import { JoinPage } from "./door.tsx";

const BEFORE = {
  person: "pat", name: "Pat", seen_as: "Pat", guest: null, clinic_name: "Riverside", program_name: "Adults", may_enter: false,
  alias: { alias: "Pat M.", confirmed: true, others: ["Cedar"] },
  lobby_opens: "2026-03-04T22:45:00Z", now: "2026-03-04T22:44:00Z",
  session: {
    id: "s1", title: "Evening group", kind: "group", program_name: "Adults", timezone: "UTC", phase: "planned",
    starts: "2026-03-04T23:00:00Z", ends: "2026-03-05T02:00:00Z",
  },
} as unknown as Invitation;
const OPEN = { ...BEFORE, may_enter: true, now: "2026-03-04T22:46:00Z" };

let root: HTMLElement;
let asked: Array<{ readonly path: string; readonly body: string }> = [];
/** What the service answers; null while the network is away. */
let answer: { readonly status: number; readonly body: unknown } | null;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(BEFORE.now) });
  ScriptedDevices.install();
  root = document.body.appendChild(document.createElement("div"));
  history.replaceState(null, "", "/join#s3cret");
  asked = [];
  answer = { status: 200, body: BEFORE };
  vi.stubGlobal("fetch", async (path: string, { body }: { readonly body: string }) => {
    asked.push({ path, body });
    if (answer === null) throw new TypeError("no network");
    return { ok: answer.status < 400, status: answer.status, headers: new Headers(), json: async () => answer?.body };
  });
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  sessionStorage.clear();
  history.replaceState(null, "", "/");
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const open = async () => {
  await act(() => render(<JoinPage />, root));
  await later(0);
};
/** Lets time pass, and pending requests be answered. */
const later = async (ms: number) => {
  await act(() => void vi.advanceTimersByTime(ms));
  for (let round = 0; round < 3; round += 1) await act(async () => {});
};
const mayEnter = () => [...root.querySelectorAll("button")].some((button) => button.textContent === "Enter the lobby");

it("a personal link opens the door by its secret, which is sent in one request only", async () => {
  await open();
  expect(root.querySelector("h1")?.textContent).toBe("Hello, Pat");
  expect(asked).toEqual([{ path: "/api/join-links/open", body: '{"link":"s3cret"}' }]);
  expect(location.href).not.toContain("s3cret");
});

it("the button to enter appears by itself, even if the network was away when the lobby opened", async () => {
  await open();
  expect(mayEnter()).toBe(false);
  answer = null;
  await act(() => clock.set("2026-03-04T22:45:01Z"));
  await later(0);
  expect(root.querySelector("h1")?.textContent).toBe("Hello, Pat");
  expect(root.textContent).toContain("We cannot reach Vesper just now.");
  answer = { status: 200, body: OPEN };
  await later(31_000);
  expect(mayEnter()).toBe(true);
  expect(root.textContent).not.toContain("We cannot reach Vesper just now.");
});

it("a link that was revoked meanwhile closes the door", async () => {
  await open();
  answer = { status: 410, body: { code: "link_revoked", detail: "This link is not valid any more." } };
  await act(() => void (clock.shaken.value += 1));
  await later(0);
  expect(root.querySelector("h1")?.textContent).toBe("This link does not open");
});

it("without a link there is no door", async () => {
  history.replaceState(null, "", "/join");
  await open();
  expect(root.querySelector("h1")?.textContent).toBe("Open your personal link");
  expect(asked).toEqual([]);
});

it.each([
  { phase: "planned", now: "2026-03-04T22:46:00Z", says: "Starts in 14 min" },
  { phase: "planned", now: "2026-03-04T23:05:00Z", says: "It is time." },
  { phase: "open", now: "2026-03-04T23:05:00Z", says: "It is time." },
  { phase: "live", now: "2026-03-04T23:05:00Z", says: "It has started." },
  { phase: "live", now: "2026-03-04T22:59:00Z", says: "It has started." },
])("the door says that a session has started only when staff have started it: $phase at $now", async ({ phase, now, says }) => {
  answer = { status: 200, body: { ...OPEN, now, session: { ...BEFORE.session, phase } } };
  await open();
  expect(root.textContent).toContain(says);
});
