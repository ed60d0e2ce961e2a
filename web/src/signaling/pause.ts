/** How long to wait before the next try: short at first, never longer than eight seconds, never all at once. */

const FIRST_MS = 500;
const LONGEST_MS = 8_000;

/** Milliseconds before try number `tries` (from 1), between half and the whole of a doubling step. */
export function pauseBefore(tries: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
  return Math.round(whole * (0.5 + chance / 2));
}
