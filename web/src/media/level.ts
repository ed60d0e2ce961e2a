/** The level of a microphone, from 0 to 1, about ten times per second. */

const EVERY_MS = 100;
/** Speech into a laptop rarely passes a third of full scale; let it fill most of the meter. */
const GAIN = 3.2;
/** A browser that has not started its audio by then waits for a touch, the end of a phone call, or a speaker. */
const PATIENCE_MS = 2_000;

export interface Hears {
  level(level: number): void;
  /** Whether the browser measures at all; it does not without a sound output or during a phone call. */
  measuring(measures: boolean): void;
}

export interface Listening {
  /** Try to measure again. Call it within a touch or key press of the person. */
  wake(): void;
  stop(): void;
}

/** Reports the level of a track to `hears` until it is stopped. */
export function listen(track: MediaStreamTrack, hears: Hears): Listening {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let ranAt = performance.now();
  const timer = setInterval(() => {
    if (context.state === "running") ranAt = performance.now();
    else wake(context);
    hears.measuring(performance.now() - ranAt < PATIENCE_MS);
    analyser.getFloatTimeDomainData(samples);
    hears.level(levelOf(samples));
  }, EVERY_MS);
  return {
    wake: () => wake(context),
    stop: () => {
      clearInterval(timer);
      context.close().catch(() => undefined);
    },
  };
}

/** Also from `interrupted`, which only Safari has. A refusal is no error, because it is tried again. */
function wake(context: AudioContext): void {
  context.resume().catch(() => undefined);
}

/** The root mean square of samples, stretched so that ordinary speech fills the meter. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2;
  return Math.min(1, Math.sqrt(sum / Math.max(1, samples.length)) * GAIN);
}
