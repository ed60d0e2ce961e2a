/**
 * Notices a socket that is open and dead.
 *
 * A node answers no heartbeat, and a browser never shows its pings. But staff are told the attendance every few
 * seconds: once that has been regular, its absence means that nothing arrives any more.
 */

const LONGEST_SILENCE_MS = 15_000;
const REGULAR_AFTER = 3;

export class Silence {
  private counts = 0;
  private lastHeard = 0;

  reset(): void {
    this.counts = 0;
  }

  heard(type: string, now: number): void {
    const regular = type === "attendance_counted" && now - this.lastHeard < LONGEST_SILENCE_MS;
    if (regular) this.counts += 1;
    this.lastHeard = now;
  }

  isDead(now: number): boolean {
    return this.counts >= REGULAR_AFTER && now - this.lastHeard > LONGEST_SILENCE_MS;
  }
}
