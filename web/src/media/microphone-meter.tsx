import { useEffect, useRef, useState } from "preact/hooks";
import { Wait } from "../ui/banner.tsx";
import { listen } from "./level.ts";
import type { LocalMedia } from "./local.ts";

/** From here on it is a voice and not the room. */
const HEARD = 0.12;

/** Shows that the microphone hears, as a bar and in words. */
export function MicrophoneMeter({ media }: { media: LocalMedia }) {
  const source = media.microphone.value;
  if (source.is === "asking") return <Wait>Starting your microphone… If your browser asks, choose “Allow”.</Wait>;
  if (source.is !== "on") return null;
  if (media.muted.value) return <p class="soft">Your microphone is off. Turn it on to test it.</p>;
  return <Meter track={source.track} />;
}

function Meter({ track }: { track: MediaStreamTrack }) {
  const fill = useRef<HTMLDivElement>(null);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    setHeard(false);
    return listen(track, (level) => {
      fill.current?.style.setProperty("transform", `scaleX(${level.toFixed(2)})`);
      if (level > HEARD) setHeard(true);
    });
  }, [track]);
  return (
    <div class="stack-tight">
      <div class="meter" aria-hidden="true">
        <div ref={fill} class="meter-fill" />
      </div>
      <p class="small soft" role="status">
        {heard ? "Your microphone works: we can hear you." : "Say a few words: the bar moves when we hear you."}
      </p>
    </div>
  );
}
