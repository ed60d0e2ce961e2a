import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { View } from "../wire/protocol.gen.ts";
import type { TileView } from "./tiles.ts";
import { Viewing, viewOf } from "./viewing.ts";

const tile = (more: Partial<TileView>): TileView => ({
  member: "pat", name: "Pat", staff: false, mine: false, away: false, microphone: true, video: null, screen: false, refused: false,
  shows: "pat-phone", connections: ["pat-laptop", "pat-phone"], ...more,
});
const SIZE = { width: 320, height: 180 };
const LARGE = { width: 640, height: 360 };
const view = (width: number): View => ({ type: "view", cameras: { pat: { width, height: 9 } }, screens: {} });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("a tile shows only one device of a person, in pixels of the screen", () => {
  expect(viewOf([tile({})], SIZE, 2, true).cameras).toEqual({ "pat-phone": LARGE, "pat-laptop": null });
});

it("a shared screen and the camera beside it have sizes of their own", () => {
  const shown = viewOf([tile({ screen: true, connections: [] }), tile({})], SIZE, 2, true);
  expect(shown.screens).toEqual({ "pat-phone": LARGE });
  expect(shown.cameras["pat-phone"]).toEqual(LARGE);
});

it("a page in the background shows nobody, and one's own picture is never received", () => {
  const shown = viewOf([tile({}), tile({ mine: true, connections: ["me"] })], SIZE, 1, false);
  expect(shown.cameras).toEqual({ "pat-phone": null, "pat-laptop": null });
});

it("a stable view is sent once, and again to a new connection", () => {
  const said: View[] = [];
  const viewing = new Viewing((one) => said.push(one) > 0);
  for (const width of [1, 2, 3]) viewing.show(view(width));
  vi.advanceTimersByTime(1_000);
  viewing.show(view(3));
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual([view(3)]);
  viewing.sayAgain();
  expect(said).toHaveLength(2);
});

it("a view that could not be sent is sent with the next", () => {
  const said: View[] = [];
  let open = false;
  const viewing = new Viewing((one) => open && said.push(one) > 0);
  viewing.show(view(1));
  vi.advanceTimersByTime(1_000);
  open = true;
  viewing.show(view(1));
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual([view(1)]);
});
