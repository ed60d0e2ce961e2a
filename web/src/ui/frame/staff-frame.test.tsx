import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { Info } from "../../icons.ts";
import { StaffFrame } from "./staff-frame.tsx";

const SECTIONS = [
  { href: "/", label: "Today", icon: Info },
  { href: "/notes", label: "Notes", icon: Info, waiting: { count: 3, of: "unsigned notes" } },
  { href: "/people", label: "People", icon: Info, waiting: { count: 0, of: "unsigned notes" } },
];

it("the frame marks the current section and waiting work, and its menu returns the focus", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  const show = (current: string) =>
    act(() => render(<StaffFrame sections={SECTIONS} current={current} clinic="Harbor Light" account="Dana">…</StaffFrame>, root));
  await show("/notes");
  expect([...root.querySelectorAll("nav a")].map((link) => [link.textContent, link.getAttribute("aria-current")])).toEqual([
    ["Today", null], ["Notes3, 3 unsigned notes", "page"], ["People", null],
  ]);
  const menu = root.querySelector("button");
  const open = () => menu?.getAttribute("aria-expanded");
  await act(() => menu?.click());
  expect(open()).toBe("true");
  await act(() => void document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })));
  expect([open(), document.activeElement === menu]).toEqual(["false", true]);
  await act(() => menu?.click());
  await show("/people");
  expect(open()).toBe("false");
  await act(() => render(null, root));
  root.remove();
});
