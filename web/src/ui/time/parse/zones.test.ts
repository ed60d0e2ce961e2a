import { describe, expect, it } from "vitest";
import { allZones, findZones, showZone } from "./zones.ts";

const WINTER = Date.parse("2026-01-15T12:00:00Z");
const SUMMER = Date.parse("2026-07-15T12:00:00Z");

describe("a search for a time zone", () => {
  it.each([
    ["eastern", "America/New_York"], ["EST", "America/New_York"], ["pst", "America/Los_Angeles"], ["new york", "America/New_York"],
    ["boston", "America/New_York"], ["Pacific", "America/Los_Angeles"], ["Tokyo", "Asia/Tokyo"], ["madrid", "Europe/Madrid"],
    ["são paulo", "America/Sao_Paulo"], ["America/Chicago", "America/Chicago"], ["utc", "UTC"], ["arizona", "America/Phoenix"],
  ])("finds it by a name: %s", (typed, expected) => expect(findZones(typed, WINTER)[0]).toBe(expected));

  it("finds it by its offset, which depends on the season", () => {
    expect(findZones("-5", WINTER)).toContain("America/New_York");
    expect(findZones("UTC-5", SUMMER)).not.toContain("America/New_York");
    expect(findZones("+5:45", WINTER)).toEqual(["Asia/Katmandu"].filter((name) => allZones().includes(name)).concat(
      ["Asia/Kathmandu"].filter((name) => allZones().includes(name)),
    ));
  });

  it("starts with the common zones", () => {
    expect(findZones("", WINTER).slice(0, 2)).toEqual(["America/New_York", "America/Chicago"]);
    expect(new Set(allZones()).size).toBe(allZones().length);
  });

  it("finds nothing for an unknown name", () => expect(findZones("atlantis", WINTER)).toEqual([]));

  it("shows each zone with its name, its place and its offset", () => {
    expect(showZone("America/New_York", WINTER, "en-US")).toEqual({ label: "Eastern Time", place: "New York", offset: "UTC−5" });
    expect(showZone("America/New_York", SUMMER, "en-US").offset).toBe("UTC−4");
    expect(showZone("UTC", WINTER, "en-US").offset).toBe("UTC");
  });
});
