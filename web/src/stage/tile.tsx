import { Picture } from "../devices/picture.tsx";
import { MicOff } from "../icons.ts";
import { words } from "../messages/words.ts";
import { type TileView, initials, tintOf } from "./tiles.ts";

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
        <bdi>{tileName(tile)}</bdi>
      </span>
    </li>
  );
}

/** The substitute for a picture. */
function Instead({ tile }: { readonly tile: TileView }) {
  const word = tile.away ? words.stage.away : tile.refused ? words.stage.cannotShow : null;
  return (
    <span class={word === null ? "initials" : "away-word"} aria-hidden="true">
      {word ?? initials(tile.name)}
    </span>
  );
}

function tileName(tile: TileView): string {
  if (tile.screen) return words.stage.screenOf(tile.name);
  return tile.mine ? words.stage.you : tile.name;
}

function pictureName(tile: TileView): string {
  if (tile.mine) return words.stage.ownPicture;
  return tile.screen ? words.stage.screenOf(tile.name) : words.stage.pictureOf(tile.name);
}

function describe(tile: TileView, pictured: boolean, microphone: boolean): string {
  if (tile.screen) return [words.stage.screenOf(tile.name), tile.refused ? words.stage.cannotShow : ""].filter(Boolean).join(": ");
  const name = tile.mine ? words.stage.youNamed(tile.name) : tile.name;
  if (tile.away) return words.stage.awayNamed(name);
  const { cameraOff, cannotShow, facilitator, microphoneOff } = words.stage;
  const parts = [name, tile.staff ? facilitator : "", pictured ? "" : tile.refused ? cannotShow : cameraOff, microphone ? "" : microphoneOff];
  return parts.filter(Boolean).join(", ");
}
