import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Volume2 } from "../icons.ts";
import { nameOf } from "../media/trouble.ts";
import { words } from "../messages/words.ts";
import type { LiveRoom } from "./live-room.ts";

/** Browsers play no sound before the person has touched the page; then a tap is needed. */
const blocked = signal(false);
const players = new Set<HTMLAudioElement>();

/** Plays the others' sound, and asks for a tap if the browser needs one; any touch of the page works. */
export function Sound({ live }: { live: LiveRoom }) {
  const sounds = live.subscribing.sounds.value;
  const hear = () => {
    blocked.value = false;
    for (const player of players) void play(player);
  };
  const waits = blocked.value && sounds.length > 0;
  useEffect(() => {
    if (!waits) return undefined;
    const touched = new AbortController();
    for (const touch of ["click", "keydown"]) addEventListener(touch, hear, { signal: touched.signal });
    return () => touched.abort();
  }, [waits]);
  return (
    <>
      {sounds.map(({ mid, track }) => (
        <Player key={mid} track={track} speaker={live.media.speaker.value} />
      ))}
      {waits && (
        <button type="button" class="button main" onClick={hear}>
          <Volume2 aria-hidden="true" />
          {words.room.tapToHear}
        </button>
      )}
    </>
  );
}

function Player({ track, speaker }: { track: MediaStreamTrack; speaker: string | null }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const player = audio.current;
    if (player === null) return undefined;
    players.add(player);
    player.srcObject = new MediaStream([track]);
    void play(player);
    return () => {
      players.delete(player);
      player.srcObject = null;
    };
  }, [track]);
  useEffect(() => {
    const player = audio.current;
    // If the speaker was unplugged, the browser's default plays on.
    if (speaker !== null && player !== null && "setSinkId" in player) player.setSinkId(speaker).catch(() => undefined);
  }, [speaker]);
  return <audio ref={audio} autoPlay />;
}

async function play(player: HTMLAudioElement): Promise<void> {
  try {
    await player.play();
  } catch (error) {
    if (nameOf(error) === "NotAllowedError") blocked.value = true;
  }
}
