import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Toasts } from "./toast.tsx";
import { dismiss, toast, toasts } from "./toasts.ts";

let root: HTMLElement;
beforeEach(async () => {
  root = document.body.appendChild(document.createElement("div"));
  await act(() =>
    render(
      <>
        <button type="button">Remove Pat</button>
        <Toasts />
      </>,
      root,
    ),
  );
});
afterEach(async () => {
  for (const { key } of toasts.value) dismiss(key);
  await act(() => render(null, root));
  root.remove();
});

const remove = () => root.querySelector("button") ?? document.createElement("button");
const news = () => [...root.querySelectorAll(".toast > span")].map((each) => each.textContent);

async function undo(): Promise<void> {
  const button = [...root.querySelectorAll("button")].find((each) => each.textContent?.startsWith("Undo"));
  await act(async () => {
    remove().focus();
    button?.focus();
    button?.click();
    await new Promise((later) => setTimeout(later));
  });
}

it("an action is undone, and the focus returns to where it was", async () => {
  let undone = 0;
  await act(() => toast("Pat was removed.", () => void (undone += 1)));
  expect(news()).toEqual(["Pat was removed."]);
  await undo();
  expect([undone, news()]).toEqual([1, ["Undone."]]);
  expect(document.activeElement).toBe(remove());
});

it("an action that can no longer be undone says so", async () => {
  await act(() => toast("Pat was removed.", () => Promise.reject(new Error("gone"))));
  await undo();
  expect(news()).toEqual(["That did not work."]);
});
