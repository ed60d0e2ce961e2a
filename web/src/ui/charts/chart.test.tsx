import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Bars } from "./bars.tsx";
import { Ring } from "./ring.tsx";
import { Spans } from "./spans.tsx";

const hours = (value: number) => `${value} h`;
const minutes = (at: number) => `18:${String(at / 60_000).padStart(2, "0")}`;

let root: HTMLElement;
beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
});

const table = () => [...root.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
const name = () => root.querySelector("[role=img]")?.getAttribute("aria-label");

it("a ring says its share in words, and its table the amounts", async () => {
  await act(() =>
    render(<Ring title="This week" part={3} whole={9} write={hours} partName="Attended" restName="Still to come" wholeName="Planned" />, root),
  );
  expect(name()).toBe("This week. Attended: 3 h of 9 h, 33 %");
  expect(table()).toEqual([["Attended", "3 h"], ["Still to come", "6 h"], ["Planned", "9 h"]]);
});

it("bars that miss their goal look different, and the table lists each bar", async () => {
  const bars = [{ label: "Week of March 2", short: "Mar 2", value: 9 }, { label: "Week of March 9", short: "Mar 9", value: 4 }];
  await act(() => render(<Bars title="Hours" of="Week" unit="Hours" bars={bars} write={hours} target={9} summary="Two weeks" />, root));
  expect([...root.querySelectorAll("rect")].map((bar) => bar.getAttribute("class"))).toEqual(["bar-mark", "bar-mark below"]);
  expect(table()).toEqual([["Week of March 2", "9 h", "9 h"], ["Week of March 9", "4 h", "9 h"]]);
});

it("a timeline is drawn to scale, and written out part by part", async () => {
  const spans = [{ from: 0, to: 1_800_000, kind: "here" }, { from: 1_800_000, to: 3_600_000, kind: "away" }];
  const kinds = [{ name: "here", label: "Here", look: 1 }, { name: "away", label: "Away", look: 6 }] as const;
  await act(() =>
    render(
      <Spans
        title="The evening" summary="Half of it" from={0} to={3_600_000} spans={spans} kinds={kinds}
        writeTime={minutes} writeLength={(seconds) => `${seconds} s`}
      />,
      root,
    ),
  );
  const [here, away] = root.querySelectorAll("svg.spans > rect:not(.spans-ground)");
  expect(here?.getAttribute("width")).toBe(away?.getAttribute("width"));
  expect(away?.getAttribute("x")).toBe(here?.getAttribute("width"));
  expect(table()).toEqual([["18:00", "18:30", "1800 s", "Here"], ["18:30", "18:60", "1800 s", "Away"]]);
});
