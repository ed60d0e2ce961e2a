import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Combobox } from "./combobox.tsx";
import type { Find } from "./found.ts";
import { matching, type Option } from "./matching.ts";

const PEOPLE: readonly Option[] = [
  { value: "1", label: "Ana Núñez" }, { value: "2", label: "Pat Morrow" }, { value: "3", label: "Pat Patel", disabled: true },
  { value: "4", label: "Morgan Patel" },
];
const among: Find = (typed) => matching(PEOPLE, typed);

let root: HTMLElement;
const chosen = vi.fn<(option: Option | null) => void>();

function Person({ find }: { readonly find: Find }) {
  const [person, setPerson] = useState<Option | null>(null);
  const choose = (option: Option | null) => {
    chosen(option);
    setPerson(option);
  };
  return (
    <>
      <Combobox label="Person" chosen={person} onChoose={choose} find={find} />
      <button type="button" onClick={() => setPerson(null)}>Clear</button>
    </>
  );
}

const show = (find: Find = among) => act(() => render(<Person find={find} />, root));
const field = () => root.querySelector("input") ?? document.createElement("input");
const options = () => [...root.querySelectorAll("[role=option]")].map((each) => each.textContent);
const active = () => root.querySelector(`#${CSS.escape(field().getAttribute("aria-activedescendant") ?? "none")}`)?.textContent ?? null;
const said = () => root.querySelector("[role=status]")?.textContent ?? "";

async function type(text: string): Promise<void> {
  await act(() => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await act(() => void field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
}

const leave = () => act(() => void field().dispatchEvent(new FocusEvent("blur")));

describe("a combobox", () => {
  beforeEach(() => {
    root = document.body.appendChild(document.createElement("div"));
    chosen.mockClear();
  });
  afterEach(async () => {
    await act(() => render(null, root));
    root.remove();
  });

  it("shows the fitting options, and says how many there are", async () => {
    await show();
    expect(field().getAttribute("aria-expanded")).toBe("false");
    await type("pat");
    expect(field().getAttribute("aria-expanded")).toBe("true");
    expect(options()).toEqual(["Pat Morrow", "Pat Patel", "Morgan Patel"]);
    expect(said()).toBe("3 suggestions");
    await type("xyz");
    expect(field().getAttribute("aria-expanded")).toBe("false");
    expect(said()).toBe("Nothing fits. Try fewer letters.");
  });

  it("is navigated by arrows, past disabled options, and round", async () => {
    await show();
    await type("pat");
    await press("ArrowDown");
    expect(active()).toBe("Pat Morrow");
    await press("ArrowDown");
    expect(active()).toBe("Morgan Patel");
    await press("ArrowDown");
    expect(active()).toBe("Pat Morrow");
    await press("ArrowUp", "Enter");
    expect(field().value).toBe("Morgan Patel");
    expect(chosen).toHaveBeenLastCalledWith(PEOPLE[3]);
    expect(options()).toEqual([]);
  });

  it("closes at Escape and keeps the text; another Escape empties it", async () => {
    await show();
    await type("ana");
    await press("Escape");
    expect(field().value).toBe("ana");
    expect(field().getAttribute("aria-expanded")).toBe("false");
    await press("Escape");
    expect(field().value).toBe("");
  });

  it("accepts a label that was typed whole, and any other text is an error", async () => {
    await show();
    await type("ana nunez");
    await leave();
    expect(field().value).toBe("Ana Núñez");
    await type("somebody");
    await leave();
    expect(chosen).toHaveBeenLastCalledWith(null);
    expect(field().value).toBe("somebody");
    expect(field().getAttribute("aria-invalid")).toBe("true");
    await type("");
    await leave();
    expect(field().getAttribute("aria-invalid")).toBe("false");
  });

  it("is emptied when its value is cleared from outside", async () => {
    await show();
    await type("ana");
    await press("ArrowDown", "Enter");
    expect(field().value).toBe("Ana Núñez");
    await act(() => [...root.querySelectorAll("button")].at(-1)?.click());
    expect(field().value).toBe("");
  });

  it("drops an answer that comes after a newer question", async () => {
    const answers: ((options: readonly Option[]) => void)[] = [];
    await show(() => new Promise((answer) => answers.push(answer)));
    vi.useFakeTimers();
    await type("a");
    await type("an");
    expect(said()).toBe("Searching…");
    await act(() => void vi.advanceTimersByTime(1_000));
    await act(() => answers.at(-1)?.(PEOPLE.slice(0, 1)));
    await act(() => answers[0]?.(PEOPLE));
    expect(options()).toEqual(["Ana Núñez"]);
    vi.useRealTimers();
  });

  it("says so when the search failed", async () => {
    await show(() => Promise.reject(new Error("no network")));
    await type("ana");
    expect(said()).toContain("did not work");
  });
});
