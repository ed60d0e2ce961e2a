import { expect, it } from "vitest";
import type { Me, Permission } from "../../wire/api.gen.ts";
import { SCREENS, screenAt } from "./screens.ts";
import { entersRooms, linksOf, opens, sectionsFor } from "./navigation.ts";

const someone = (...permissions: readonly Permission[]): Me => ({
  person: "p1", clinic: "c1", clinic_name: "Harbor Light", name: "Dana", roles: ["facilitator"], permissions,
  standing: "open", locks: "2026-11-23T18:00:00Z", second_factor: "not_asked", recovery_codes: 0,
});

it("every page is found at its own address, and by nobody else's", () => {
  for (const screen of SCREENS) expect(screenAt(screen.path.replaceAll(/:\w+/g, "id"))?.screen.path).toBe(screen.path);
  expect(screenAt("/elsewhere")).toBeNull();
});

it("the address names the ids of its page", () => {
  expect(screenAt("/session/s1/attendance")?.ids).toEqual({ session: "s1" });
});

it("the navigation shows what the roles permit", () => {
  expect(sectionsFor(someone("sessions.see")).map(({ name }) => name)).not.toContain("staff");
  const there = sectionsFor(someone("sessions.see", "staff.see"));
  expect(there.map(({ href, label }) => [href, label])).toEqual(expect.arrayContaining([["/", "Today"], ["/staff", "Staff"]]));
  expect(linksOf(someone(), "staff")).toEqual([]);
});

it("a page within the frame stands in a section, and says what it needs", () => {
  for (const screen of SCREENS) if (!screen.alone && screen.section !== "me") expect([screen.path, screen.section, screen.needs]).not.toContain(undefined);
  expect(SCREENS.filter((screen) => !opens(someone(), screen) && screen.alone)).toEqual([]);
});

it("those who lead rooms or may take one over enter them, and nobody else", () => {
  expect(entersRooms(someone("rooms.lead"))).toBe(true);
  expect(entersRooms(someone("rooms.oversee"))).toBe(true);
  expect(entersRooms(someone("sessions.see", "sessions.see_all", "hours.see", "notes.read"))).toBe(false);
});
