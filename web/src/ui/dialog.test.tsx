import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it, vi } from "vitest";
import { Dialog } from "./dialog.tsx";

it("a dialog that is gone does not close the one that was opened after it, when the browser says later that it closed", async () => {
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

it("a dialog that Escape closed is closed for its page too", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  const onClose = vi.fn<() => void>();
  await act(() => render(<Dialog title="Pat" onClose={onClose}>…</Dialog>, root));
  root.querySelector("dialog")?.dispatchEvent(new Event("close"));
  expect(onClose).toHaveBeenCalledOnce();
  await act(() => render(null, root));
  root.remove();
});
