import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Session } from "../wire/api.gen.ts";
import { Cancellation } from "./cancellation.tsx";

const PLANNED = {
  id: "s1", title: "Evening group", kind: "group", program_name: "Adults", phase: "planned", may_cancel: true,
} as Session;

let root: HTMLElement;
let answers: Array<{ readonly status: number; readonly body: unknown }> = [];

function Page() {
  const [session, setSession] = useState(PLANNED);
  return <Cancellation session={session} onChanged={setSession} />;
}

const press = (label: string) =>
  act(async () => [...root.querySelectorAll("button")].find((button) => button.textContent?.startsWith(label))?.click());

const shown = (words: string) => vi.waitFor(() => expect(root.textContent).toContain(words));

beforeEach(async () => {
  root = document.body.appendChild(document.createElement("div"));
  vi.stubGlobal("fetch", async () => {
    const { status, body } = answers.shift() ?? { status: 500, body: {} };
    return new Response(JSON.stringify(body), { status });
  });
  await act(() => render(<Page />, root));
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

it("cancelling a cancelled session shows that, and offers to reinstate it", async () => {
  answers = [
    { status: 409, body: { code: "conflict", detail: "This session is cancelled already. Load the page again." } },
    { status: 200, body: { ...PLANNED, phase: "cancelled" } },
  ];
  await press("Cancel session");
  await press("Cancel the session");
  await shown("changed by somebody else since you opened this page. It is now: Cancelled.");
  await shown("Let it take place after all");
});

it("a chosen reason stays through a refusal", async () => {
  answers = [{ status: 503, body: { code: "database_away", detail: "Try again in a moment." } }];
  await press("Cancel session");
  const select = root.querySelector("select") as HTMLSelectElement;
  await act(() => {
    select.value = "weather";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await press("Cancel the session");
  await shown("Try again in a moment.");
  await press("Cancel session");
  expect(root.querySelector("select")?.value).toBe("weather");
});
