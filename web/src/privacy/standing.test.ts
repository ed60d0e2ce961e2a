import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { words } from "../messages/words.ts";
import { type Sentence, type Standing, sentencesAt } from "./standing.ts";

/** A page's state, with facts that the page cannot know. */
interface World extends Standing {
  readonly letInBefore: boolean;
  /** Has a place in this session; a supervisor who only observes has none. */
  readonly runsIt: boolean;
}

const YES_NO = [false, true] as const;
const PLACES = ["door", "lobby", "room", "over"] as const;

/** Possible states: only the room sends, nothing is on while resting, and every device is released at the end. */
function possible(world: World): boolean {
  const anythingOn = world.microphone || world.camera || world.screen;
  const inTheRoom = world.place === "room";
  const impossible = [
    world.resting && (!inTheRoom || anythingOn),
    world.sending && world.broken,
    world.screen && !inTheRoom,
    world.place === "over" && anythingOn,
    world.staff && world.runsIt && world.place === "lobby",
  ];
  return !impossible.includes(true);
}

function* worlds(): Generator<World> {
  for (const place of PLACES)
    for (let bits = 0; bits < 2 ** 10; bits += 1) {
      const bit = (at: number) => YES_NO[(bits >> at) & 1] ?? false;
      const world = {
        place, staff: bit(0), connected: bit(1), sending: bit(2), microphone: bit(3), camera: bit(4), screen: bit(5),
        resting: bit(6), letInBefore: bit(7), broken: bit(8), runsIt: bit(9),
      };
      if (possible(world)) yield world;
    }
}

const seen = (world: World) => world.place === "room" && world.camera;
const heard = (world: World) => world.place === "room" && world.microphone;
/** What the page does when such a person enters from its door: `LiveRoom` rests a person whom no lobby stopped. */
const entersWithDevicesOff = (world: World) => !world.staff && world.letInBefore;

/** Each sentence with the states in which it is true. */
const TRUE: Record<Sentence, (world: World) => boolean> = {
  client_door: (world) => !seen(world) && !heard(world) && (!world.letInBefore || entersWithDevicesOff(world)),
  staff_door: (world) => world.staff && !entersWithDevicesOff(world),
  lobby: (world) => !seen(world) && !heard(world) && !world.screen && !world.resting,
  resting: (world) => !seen(world) && !heard(world) && !world.screen,
  sending_broken: (world) => world.place === "room" && world.broken,
  line_broken: (world) => world.place === "room" && world.sending && (seen(world) || heard(world) || world.screen),
  sharing: (world) => world.place === "room" && world.screen && world.sending,
  over: (world) => !world.camera && !world.microphone && !world.screen,
};

it("every sentence about who sees and hears a person is true in every state in which it is shown", () => {
  const shown = new Set<Sentence>();
  for (const world of worlds()) {
    for (const sentence of sentencesAt(world)) {
      shown.add(sentence);
      expect(TRUE[sentence](world), `${words.privacy.standing[sentence]} in ${JSON.stringify(world)}`).toBe(true);
    }
  }
  expect([...shown].sort()).toEqual((Object.keys(words.privacy.standing) as Sentence[]).sort());
});

it("outside the room every state says whether one is seen and heard, and in the room nothing denies it", () => {
  for (const world of worlds()) {
    const sentences = sentencesAt(world);
    if (world.place !== "room") expect(sentences).toHaveLength(1);
    else if (seen(world) || heard(world)) expect(sentences).not.toContain("resting");
  }
});

it("no page has its own words about privacy", () => {
  const ABOUT = /(sees?|hears?|hear you|see you)\b[^"'`]*\b(you|your|others|nobody|everyone)|\b(nobody|others|everyone)\b[^"'`]*\b(sees?|hears?)\b|microphones? (is|are) off|cameras? (is|are) off/i;
  const IN_SPANISH = /\b(le|les) (ven?|oyen?|vean|oigan)\b|\b(nadie|los demás|todos)\b[^"'`]*\b(ven?|oyen?)\b/i;
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\.gen\.|messages\/(en|es)\/privacy\.ts|stage\/tile\.tsx/.test(path));
  expect(sources.length).toBeGreaterThan(50);
  const said = sources.flatMap((path) =>
    readFileSync(`src/${path}`, "utf8")
      .split("\n")
      .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line) && (ABOUT.test(line) || IN_SPANISH.test(line)))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(said).toEqual([]);
});
