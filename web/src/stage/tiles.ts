/** The people that the grid shows: one tile per person, for any number of devices. */

import type { Incoming } from "../media/subscribing.ts";
import type { Participant } from "../wire/protocol.gen.ts";

export interface TileView {
  /** The person in this session. */
  readonly member: string;
  /** For staff their name, for everybody else their label. */
  readonly name: string;
  readonly staff: boolean;
  readonly mine: boolean;
  /** In the room a moment ago and now on no device; may come back. */
  readonly away: boolean;
  readonly microphone: boolean;
  readonly video: MediaStreamTrack | null;
  /** They send a picture that this browser cannot show. */
  readonly refused: boolean;
  /** True for the tile of a person's shared screen, which is beside their own tile. */
  readonly screen: boolean;
  /** The connection whose picture this is. */
  readonly shows: string | null;
  readonly connections: readonly string[];
}

const STAFF_ROLES: ReadonlySet<string> = new Set(["facilitator", "co_facilitator"]);

export const isStaff = (role: string): boolean => STAFF_ROLES.has(role);

/** The tiles in a steady order: shared screens, then staff, then clients by name, this person last. */
export function tilesOf(
  participants: readonly Participant[],
  incoming: ReadonlyMap<string, Incoming>,
  me: string,
): readonly TileView[] {
  const order = [...participants].sort(
    (one, other) => rank(one, me) - rank(other, me) || nameOf(one).localeCompare(nameOf(other)),
  );
  return [
    ...order.flatMap((participant) => screensOf(participant, incoming, me)),
    ...order.map((participant) => tileOf(participant, incoming, me)),
  ];
}

type Coming = ReadonlyMap<string, Incoming>;

function tileOf(participant: Participant, incoming: Coming, me: string): TileView {
  const showing = participant.devices.find((device) => device.camera && incoming.get(device.connection)?.video !== undefined);
  const sends = participant.devices.filter((device) => device.camera);
  return {
    member: participant.member,
    name: nameOf(participant),
    staff: isStaff(participant.role),
    mine: participant.member === me,
    away: participant.devices.length === 0,
    microphone: participant.devices.some((device) => device.microphone),
    video: (showing && incoming.get(showing.connection)?.video) ?? null,
    refused: showing === undefined && sends.some((device) => refuses(incoming, device.connection, "video")),
    screen: false,
    shows: showing?.connection ?? null,
    connections: participant.devices.map((device) => device.connection),
  };
}

/** One's own screen is not shown to oneself. */
function screensOf(participant: Participant, incoming: Coming, me: string): TileView[] {
  if (participant.member === me) return [];
  return participant.devices.flatMap(({ connection, screen }) => {
    const video = incoming.get(connection)?.screen ?? null;
    const refused = refuses(incoming, connection, "screen");
    if (!screen || (video === null && !refused)) return [];
    return [{ ...tileOf(participant, incoming, me), video, refused, screen: true, shows: connection, connections: [] }];
  });
}

function refuses(incoming: Coming, connection: string, kind: "video" | "screen"): boolean {
  return incoming.get(connection)?.refused?.has(kind) ?? false;
}

const nameOf = ({ identity, label }: Participant): string => identity?.name ?? label;

function rank(participant: Participant, me: string): number {
  if (participant.member === me) return 2;
  return isStaff(participant.role) ? 0 : 1;
}

const CHARACTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const BESIDE = /\s\([^()]*\)$/;

/** `Pat Quinn` is `PQ`, and so is `Pat Quinn (Cedar)`: what tells two of a name apart is no part of it. */
export function initials(name: string): string {
  const words = name.replace(BESIDE, "").trim().split(/\s+/);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return (character(first) + character(last)).toUpperCase();
}

/** The first character as people count them: an emoji with all its parts, a letter with its marks. */
function character(word: string): string {
  for (const { segment } of CHARACTERS.segment(word)) return segment;
  return "";
}

/** One of eight calm tints, the same for a person through the session. */
export function tintOf(member: string): number {
  let sum = 0;
  for (const letter of member) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 8;
}
