import { describe, expect, it } from "vitest";
import type { Participant } from "../wire/protocol.gen.ts";
import { initials, tilesOf, tintOf } from "./tiles.ts";

const person = (name: string, more: Partial<Participant> = {}): Participant => ({
  member: name.toLowerCase(), label: name, identity: null, role: "client", devices: [{ connection: `${name}-laptop`, microphone: true, camera: true, screen: false }], ...more,
});
/** The grid needs only a picture's identity. */
const picture = (): MediaStreamTrack => new EventTarget() as MediaStreamTrack;

describe("the tiles", () => {
  it("stand in a steady order: staff, then clients by name, oneself last", () => {
    const dana = person("Dana", { role: "facilitator" });
    const tiles = tilesOf([person("Sam"), person("Pat"), person("Ada"), dana], new Map(), "ada");
    expect(tiles.map((tile) => tile.name)).toEqual(["Dana", "Pat", "Sam", "Ada"]);
  });

  it("show a person once, by the device whose camera is on", () => {
    const phone = picture();
    const devices = [
      { connection: "pat-laptop", microphone: false, camera: false, screen: false },
      { connection: "pat-phone", microphone: true, camera: true, screen: false },
    ];
    const [tile] = tilesOf([person("Pat", { devices })], new Map([["pat-phone", { video: phone }]]), "me");
    expect(tile).toMatchObject({ video: phone, microphone: true, away: false });
  });

  it("show no picture of a camera that is off, though its stream is there", () => {
    const devices = [{ connection: "pat-laptop", microphone: true, camera: false, screen: false }];
    const [tile] = tilesOf([person("Pat", { devices })], new Map([["pat-laptop", { video: picture() }]]), "me");
    expect(tile?.video).toBeNull();
  });

  it("mark a picture or screen that this browser refused, while it is sent", () => {
    const devices = [{ connection: "pat-laptop", microphone: true, camera: true, screen: true }];
    const incoming = new Map([["pat-laptop", { refused: new Set(["video", "screen"] as const) }]]);
    const shown = tilesOf([person("Pat", { devices })], incoming, "me").map(({ screen, refused, video }) => [screen, refused, video]);
    expect(shown).toEqual([[true, true, null], [false, true, null]]);
    const off = [{ connection: "pat-laptop", microphone: true, camera: false, screen: false }];
    expect(tilesOf([person("Pat", { devices: off })], incoming, "me")).toMatchObject([{ refused: false, screen: false }]);
  });

  it("show a shared screen beside its person, but not one's own screen", () => {
    const screen = picture();
    const devices = [{ connection: "pat-laptop", microphone: true, camera: true, screen: true }];
    const incoming = new Map([["pat-laptop", { screen }]]);
    const tiles = tilesOf([person("Pat", { devices })], incoming, "me");
    expect(tiles.map((tile) => [tile.screen, tile.video])).toEqual([[true, screen], [false, null]]);
    expect(tilesOf([person("Pat", { devices })], incoming, "pat")).toHaveLength(1);
  });

  it("have the name of a person for staff, and the label for everybody else", () => {
    const label = "Pat M.";
    const identity = { person: "0190f000-0001", name: "Pat Morgan", guest_of: null };
    expect(tilesOf([person("pat", { label })], new Map(), "me")[0]?.name).toBe("Pat M.");
    expect(tilesOf([person("pat", { label, identity })], new Map(), "me")[0]?.name).toBe("Pat Morgan");
  });

  it("keep the place of a person who is away", () => {
    const [tile] = tilesOf([person("Pat", { devices: [] })], new Map(), "me");
    expect(tile).toMatchObject({ away: true, microphone: false });
  });
});

it("initials are those of the first and the last name", () => {
  expect(initials("Maya Okafor")).toBe("MO");
  expect(initials("Ana María Popescu")).toBe("AP");
  expect(initials("Pat")).toBe("P");
  expect([initials("👩🏽‍⚕️ 🇲🇽"), initials("Zoë Ñandú"), initials("पूजा क्षत्रिय")]).toEqual(["👩🏽‍⚕️🇲🇽", "ZÑ", "पूक्ष"]);
  expect([initials("Pat Quinn (Cedar)"), initials("Pat (*1984)"), initials("(Pat)")]).toEqual(["PQ", "P", "("]);
  expect([initials("Pat M."), initials("Pat M. 2"), initials("🦊 🌲")]).toEqual(["PM", "P2", "🦊🌲"]);
});

it("a person keeps their tint", () => {
  expect(tintOf("0190f000-0001")).toBe(tintOf("0190f000-0001"));
  expect(tintOf("0190f000-0001")).toBeLessThan(8);
});
