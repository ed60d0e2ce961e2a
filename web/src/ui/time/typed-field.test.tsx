import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DurationField } from "./duration-field.tsx";

let root: HTMLElement;
const changed = vi.fn<(seconds: number | null) => void>();

function Lasts() {
  const [seconds, setSeconds] = useState<number | null>(5400);
  const change = (next: number | null) => {
    changed(next);
    setSeconds(next);
  };
  return (
    <>
      <DurationField label="Lasts" value={seconds} onChange={change} />
      <button type="button" onClick={() => setSeconds(60)}>Shortest</button>
    </>
  );
}

const field = () => root.querySelector("input") ?? document.createElement("input");
const shown = () => [field().value, root.querySelector(".field-echo")?.textContent, root.querySelector(".field-error")?.textContent];
const leave = () => act(() => void field().dispatchEvent(new FocusEvent("blur")));

async function type(text: string): Promise<void> {
  await act(() => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  });
}

describe("a text that represents a value", () => {
  beforeEach(async () => {
    root = document.body.appendChild(document.createElement("div"));
    changed.mockClear();
    await act(() => render(<Lasts />, root));
  });
  afterEach(async () => {
    await act(() => render(null, root));
    root.remove();
  });

  it("is read while typed, and rewritten in the standard form on leaving", async () => {
    await type("1:15");
    expect(shown()).toEqual(["1:15", "1 h 15 min", undefined]);
    expect(changed).toHaveBeenLastCalledWith(4500);
    await leave();
    expect(shown()).toEqual(["1 h 15 min", "", undefined]);
  });

  it("is never removed: an unreadable text stays, and is an error only after leaving", async () => {
    await type("a while");
    expect(shown()).toEqual(["a while", "", undefined]);
    expect(changed).toHaveBeenLastCalledWith(null);
    await leave();
    expect(shown()[0]).toBe("a while");
    expect(shown()[2]).toContain("not a duration that we can read");
    expect(field().getAttribute("aria-invalid")).toBe("true");
  });

  it("is changed by the arrow keys", async () => {
    await act(() => void field().dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true })));
    expect(shown()[0]).toBe("1 h 35 min");
    expect(changed).toHaveBeenLastCalledWith(5700);
  });

  it("follows a change of its value from outside", async () => {
    await act(() => root.querySelector<HTMLElement>("button")?.click());
    expect(shown()[0]).toBe("1 min");
  });
});
