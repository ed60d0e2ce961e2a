import { readFileSync, readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Clock = typeof import("./now.ts");

const SERVICE_NOW = "2026-03-04T23:00:00Z";

/** The clock of a page on a device whose own clock shows this time. */
async function onADeviceAt(deviceNow: string): Promise<Clock> {
  vi.useFakeTimers({ now: Date.parse(deviceNow) });
  vi.resetModules();
  return import("./now.ts");
}

beforeEach(() => vi.resetModules());
afterEach(() => vi.useRealTimers());

describe.each(["2026-03-04T23:00:00Z", "2026-03-04T22:00:00Z", "2027-03-04T23:00:00Z", "2001-01-01T00:00:00Z"])(
  "on a device whose clock shows %s",
  (deviceNow) => {
    it("a countdown runs by the service's clock", async () => {
      const clock = await onADeviceAt(deviceNow);
      clock.set(SERVICE_NOW);
      expect(clock.secondsUntil("2026-03-04T23:10:00Z")).toBe(600);
      vi.advanceTimersByTime(60_000);
      expect(clock.secondsUntil("2026-03-04T23:10:00Z")).toBe(540);
    });

    it("the header of any answer sets the time of pages without another source", async () => {
      const clock = await onADeviceAt(deviceNow);
      clock.hearHeader("Wed, 04 Mar 2026 23:00:00 GMT");
      expect(Math.abs(clock.at() - Date.parse(SERVICE_NOW))).toBeLessThanOrEqual(3_000);
    });
  },
);

it("a change of the device's clock moves no countdown, and is noticed", async () => {
  const clock = await onADeviceAt(SERVICE_NOW);
  clock.set(SERVICE_NOW);
  vi.setSystemTime("2026-03-05T09:00:00Z");
  vi.advanceTimersByTime(10_000);
  expect(clock.secondsUntil("2026-03-04T23:10:00Z")).toBe(590);
  expect(clock.shaken.value).toBe(1);
});

it("a header in whole seconds does not change a clock that is set to the millisecond", async () => {
  const clock = await onADeviceAt(SERVICE_NOW);
  clock.set("2026-03-04T23:00:00.900Z");
  clock.hearHeader("Wed, 04 Mar 2026 22:59:59 GMT");
  expect(clock.at()).toBe(Date.parse("2026-03-04T23:00:00.900Z"));
});

it.each([null, "", "yesterday"])("an answer with the date %s changes nothing", async (date) => {
  const clock = await onADeviceAt(SERVICE_NOW);
  clock.hearHeader(date);
  expect(clock.at()).toBe(Date.parse(SERVICE_NOW));
});

it("no page reads the device's clock, except to notice sleep, and for the protocol", () => {
  const asks = /Date\.now\(\)|new Date\(\)/g;
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path) && !path.includes(".test."));
  const found = sources.flatMap((path) => Array.from(readFileSync(`src/${path}`, "utf8").matchAll(asks), () => path));
  expect(found.sort()).toEqual(["now.ts", "now.ts", "room/live-room.ts", "room/live-room.ts", "signaling/signaling.ts"]);
});
