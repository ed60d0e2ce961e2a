/** How loud a microphone is, from 0 to 1, about ten times a second. */

const EVERY_MS = 100;
/** Speech into a laptop rarely passes a third of full scale; let it fill most of the meter. */
const GAIN = 3.2;

/** Tells `hear` the level of a track until the returned function is called. */
export function listen(track: MediaStreamTrack, hear: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (context.state === "suspended") void context.resume();
    analyser.getFloatTimeDomainData(samples);
    hear(levelOf(samples));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** The root mean square of samples, stretched so that ordinary speech fills the meter. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2;
  return Math.min(1, Math.sqrt(sum / Math.max(1, samples.length)) * GAIN);
}
