import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { TabPanel, Tabs } from "./tabs.tsx";

const TABS = [{ name: "first", label: "First" }, { name: "second", label: "Second" }, { name: "third", label: "Third" }] as const;

function Parts() {
  const [chosen, setChosen] = useState<"first" | "second" | "third">("first");
  return (
    <>
      <Tabs label="Parts" tabs={TABS} chosen={chosen} onChoose={setChosen} />
      <TabPanel name={chosen}>…</TabPanel>
    </>
  );
}

it("arrows move round the tabs, and Home and End to their ends", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  await act(() => render(<Parts />, root));
  const list = root.querySelector("[role=tablist]");
  const seen: (string | null | undefined)[] = [];
  for (const key of ["ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home", "x"]) {
    await act(() => void list?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
    seen.push(root.querySelector("[aria-selected=true]")?.textContent);
  }
  expect(seen).toEqual(["Second", "Third", "First", "Third", "First", "First"]);
  expect(root.querySelector("[role=tabpanel]")?.getAttribute("aria-labelledby")).toBe("tab-first");
  await act(() => render(null, root));
  root.remove();
});
