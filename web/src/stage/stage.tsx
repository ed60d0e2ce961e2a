import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../messages/words.ts";
import type { LiveRoom } from "../room/live-room.ts";
import type { RoomChanged } from "../wire/protocol.gen.ts";
import { type Arrangement, arrange } from "./arrange.ts";
import { useSpeaking } from "./speaking.ts";
import { Tile } from "./tile.tsx";
import { tilesOf } from "./tiles.ts";
import { viewOf } from "./viewing.ts";

/** Looking at oneself for three hours tires; hiding one's own picture changes nothing for the others. */
export const ownPictureHidden = signal(false);

const GAP = 8;
const WIDEST = 16 / 9;
const TALLEST = 3 / 4;
const EDGE = 24;
/** One's own picture never fills a whole screen. */
const SMALL = 280;

interface StageProps {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly me: string;
}

/** Everybody at once, as large as the space allows, without scrolling. */
export function Stage({ live, room, me }: StageProps) {
  const stage = useRef<HTMLElement>(null);
  const space = useSize(stage);
  const speaking = useSpeaking(live.subscribing);
  const camera = live.media.camera.value;
  const tiles = tilesOf(room.participants, live.subscribing.incoming.value, me);
  const alone = tiles.length === 1 && tiles[0]?.mine === true;
  const size = alone ? { width: SMALL, height: SMALL * 0.75 } : tileSize(arrange(tiles.length, space.width, space.height), space);
  const visible = usePageVisible();
  useEffect(() => live.viewing.show(viewOf(tiles, size, devicePixelRatio, visible)));
  return (
    <main ref={stage} class={`stage ${alone ? "alone" : ""}`}>
      {alone && <p class="soft">{words.stage.alone}</p>}
      <ul class="grid" aria-label={words.stage.inTheRoom}>
        {tiles.map((tile) => (
          <Tile
            key={tile.screen ? `screen of ${tile.shows}` : tile.member}
            tile={tile}
            size={size}
            own={tile.mine && camera.is === "on" && live.media.visible.value && !ownPictureHidden.value ? camera.track : null}
            microphone={tile.mine ? live.media.audible.value : tile.microphone}
            speaking={tile.connections.some((connection) => speaking.has(connection))}
          />
        ))}
      </ul>
    </main>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The tile's size in pixels, neither a strip nor a tower. */
function tileSize({ columns, rows }: Arrangement, space: Size): Size {
  const width = Math.max(64, (space.width - GAP * (columns - 1)) / columns);
  const height = Math.max(64, (space.height - GAP * (rows - 1)) / rows);
  return { width: Math.floor(Math.min(width, height * WIDEST)), height: Math.floor(Math.min(height, width / TALLEST)) };
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

function useSize(of: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 640, height: 480 });
  useEffect(() => {
    const watched = of.current;
    if (watched === null) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: watched.clientWidth - EDGE, height: watched.clientHeight }),
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return size;
}
