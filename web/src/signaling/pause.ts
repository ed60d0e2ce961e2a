/** The wait before the next try: short at first, at most eight seconds, and spread over clients. */

const FIRST_MS = 500;
const EAGER_MS = 1_000;
/** The tries until another node has a dead node's room, whose lease runs three seconds. */
const EAGER_TRIES = 6;
const LONGEST_MS = 8_000;

/** Milliseconds before try number `tries` (from 1), between half and the whole of its step. */
export function pauseBefore(tries: number, chance: number): number {
  return Math.round(step(tries) * (0.5 + chance / 2));
}

function step(tries: number): number {
  if (tries <= EAGER_TRIES) return tries === 1 ? FIRST_MS : EAGER_MS;
  return Math.min(LONGEST_MS, EAGER_MS * 2 ** (tries - EAGER_TRIES));
}
