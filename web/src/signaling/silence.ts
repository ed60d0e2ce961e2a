/**
 * Notices a socket that is open and dead, as after a change of networks: nothing closes it, and nothing arrives.
 *
 * A browser never shows the node's pings, so we ask: the node answers every heartbeat. Only an answer that is owed
 * counts as silence; a tab whose timers sleep in the background asks nothing, and owes nobody an alarm.
 */

const LONGEST_SILENCE_MS = 9_000;

export class Silence {
  private owedSince: number | null = null;

  /** Something was sent that the node answers. */
  asked(now: number): void {
    this.owedSince ??= now;
  }

  /** Something arrived, whatever it was. */
  heard(): void {
    this.owedSince = null;
  }

  isDead(now: number): boolean {
    return this.owedSince !== null && now - this.owedSince > LONGEST_SILENCE_MS;
  }
}
