import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it, vi } from "vitest";
import { Dialog, Question } from "./dialog.tsx";

it("the browser's late close event of one dialog does not close the next dialog", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  const onClose = vi.fn<() => void>();
  await act(() => render(<Dialog title="Pat" onClose={onClose}>…</Dialog>, root));
  const dialog = root.querySelector("dialog");
  await act(() => render(null, root));
  dialog?.dispatchEvent(new Event("close"));
  expect(dialog).not.toBeNull();
  expect(onClose).not.toHaveBeenCalled();
  root.remove();
});

it("Escape closes a dialog for its page too", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  const onClose = vi.fn<() => void>();
  await act(() => render(<Dialog title="Pat" onClose={onClose}>…</Dialog>, root));
  root.querySelector("dialog")?.dispatchEvent(new Event("close"));
  expect(onClose).toHaveBeenCalledOnce();
  await act(() => render(null, root));
  root.remove();
});

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : "");

it("a question that failed says why, stays open, and runs once at a time", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  const failures: ((error: Error) => void)[] = [];
  const onYes = vi.fn<() => Promise<void>>(() => new Promise((_, fail) => failures.push(fail)));
  const question = (
    <Question title="Remove Pat?" consequences={["Pat's link stops working."]} yes="Remove" grave onYes={onYes} onNo={vi.fn<() => void>()} sentenceOf={sentenceOf} />
  );
  await act(() => render(question, root));
  const remove = [...root.querySelectorAll("button")].at(-1);
  await act(() => remove?.click());
  expect(remove?.getAttribute("aria-disabled")).toBe("true");
  await act(() => remove?.click());
  expect(onYes).toHaveBeenCalledOnce();
  await act(async () => {
    failures[0]?.(new Error("Pat is still in the room."));
    await new Promise((later) => setTimeout(later));
  });
  expect(root.querySelector("[role=alert]")?.textContent).toBe("Pat is still in the room.");
  expect(remove?.getAttribute("aria-disabled")).toBe("false");
  await act(() => render(null, root));
  root.remove();
});
