import { useEffect, useRef, useState } from "preact/hooks";
import { type Listening, listen } from "../media/level.ts";
import type { LocalMedia } from "../media/local.ts";
import { words } from "../messages/words.ts";
import { Wait } from "../ui/banner.tsx";

/** Levels from this one on count as a voice, and lower ones as noise. */
const HEARD = 0.12;

/** Shows the microphone's level, as a bar and in words. */
export function MicrophoneMeter({ media }: { media: LocalMedia }) {
  const source = media.microphone.value;
  if (source.is === "asking") return <Wait>{words.devices.startingMicrophone}</Wait>;
  if (source.is !== "on") return null;
  if (media.muted.value) return <p class="soft">{words.devices.turnOnToTest}</p>;
  return <Meter track={source.track} />;
}

function Meter({ track }: { track: MediaStreamTrack }) {
  const fill = useRef<HTMLDivElement>(null);
  const listening = useRef<Listening | null>(null);
  const [heard, setHeard] = useState(false);
  const [measuring, setMeasuring] = useState(true);
  useEffect(() => {
    setHeard(false);
    const level = (value: number) => {
      fill.current?.style.setProperty("transform", `scaleX(${value.toFixed(2)})`);
      if (value > HEARD) setHeard(true);
    };
    const begun = listen(track, { level, measuring: setMeasuring });
    listening.current = begun;
    return () => begun.stop();
  }, [track]);
  return (
    <div class="stack-tight">
      <div class="meter" aria-hidden="true">
        <div ref={fill} class="meter-fill" />
      </div>
      <p class="small soft" role="status">
        {said(heard, measuring)}
      </p>
      {!heard && !measuring && (
        <button type="button" class="button" onClick={() => listening.current?.wake()}>
          {words.devices.startTest}
        </button>
      )}
    </div>
  );
}

function said(heard: boolean, measuring: boolean): string {
  if (heard) return words.devices.works;
  return measuring ? words.devices.sayAFewWords : words.devices.testNotStarted;
}
