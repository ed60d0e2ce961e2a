/** Positions on a chart's axis. */

const STEPS = [1, 2, 2.5, 5, 10];

/** Round values from 0 to `largest` or just above, at most `count` steps apart: `[0, 5, 10, 15]`. */
export function ticks(largest: number, count = 4): readonly number[] {
  if (!(largest > 0)) return [0, 1];
  const size = 10 ** Math.floor(Math.log10(largest / count));
  const step = size * (STEPS.find((each) => each * size * count >= largest) ?? 10);
  return Array.from({ length: Math.ceil(largest / step - 1e-9) + 1 }, (_, place) => Number((place * step).toPrecision(12)));
}

const MINUTE_MS = 60_000;
const TIME_STEPS = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440].map((minutes) => minutes * MINUTE_MS);

/** Round times between two instants (milliseconds), at most `count` of them; days begin at UTC plus `offset` milliseconds. */
export function timeTicks(from: number, to: number, count = 6, offset = 0): readonly number[] {
  const step = TIME_STEPS.find((each) => (to - from) / each <= count) ?? to - from;
  const first = Math.ceil((from + offset) / step) * step - offset;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, place) => first + place * step);
}

/** The share of the whole, from 0 to 1; 0 when the whole is 0. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}
