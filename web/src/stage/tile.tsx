import { Picture } from "../devices/picture.tsx";
import { MicOff } from "../icons.ts";
import { type TileView, initials, tintOf } from "./tiles.ts";

const CANNOT_SHOW = "This browser cannot show the picture";

interface TileProps {
  readonly tile: TileView;
  readonly size: { readonly width: number; readonly height: number };
  /** One's own camera, for one's own tile. */
  readonly own: MediaStreamTrack | null;
  readonly microphone: boolean;
  readonly speaking: boolean;
}

/** One person: their picture or their initials, their name, and whether they can be heard. */
export function Tile({ tile, size, own, microphone, speaking }: TileProps) {
  const track = tile.mine ? own : tile.video;
  const state = tile.away ? "away" : "";
  return (
    <li
      class={`tile ${tile.screen ? "screen" : ""} ${tile.mine ? "mine" : ""} ${state} ${speaking ? "speaking" : ""}`}
      style={{ width: `${size.width}px`, height: `${size.height}px` }}
      data-tint={tintOf(tile.member)}
      aria-label={describe(tile, track !== null, microphone)}
    >
      {track === null ? (
        <Instead tile={tile} />
      ) : (
        <Picture key={track.id} track={track} label={pictureName(tile)} />
      )}
      <span class="tile-name" aria-hidden="true">
        {!microphone && !tile.away && !tile.screen && <MicOff />}
        <span dir="auto">{tileName(tile)}</span>
      </span>
    </li>
  );
}

/** What stands in the place of a picture. */
function Instead({ tile }: { readonly tile: TileView }) {
  const word = tile.away ? "Away" : tile.refused ? CANNOT_SHOW : null;
  return (
    <span class={word === null ? "initials" : "away-word"} aria-hidden="true">
      {word ?? initials(tile.name)}
    </span>
  );
}

function tileName(tile: TileView): string {
  if (tile.screen) return `${tile.name}'s screen`;
  return tile.mine ? "You" : tile.name;
}

function pictureName(tile: TileView): string {
  if (tile.mine) return "Your own picture";
  return `${tile.name}'s ${tile.screen ? "screen" : "picture"}`;
}

function describe(tile: TileView, pictured: boolean, microphone: boolean): string {
  if (tile.screen) return [`${tile.name}'s screen`, tile.refused ? CANNOT_SHOW : ""].filter(Boolean).join(": ");
  const name = tile.mine ? `You, ${tile.name}` : tile.name;
  if (tile.away) return `${name}, away: may come back`;
  const parts = [name, tile.staff ? "facilitator" : "", pictured ? "" : tile.refused ? CANNOT_SHOW : "camera off", microphone ? "" : "microphone off"];
  return parts.filter(Boolean).join(", ");
}
