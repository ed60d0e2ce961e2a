/**
 * Notices a socket that is open but dead, as after a change of networks: nothing closes it, and nothing arrives.
 *
 * A browser never shows the node's pings, but the node answers every heartbeat. Only a missing answer counts as silence;
 * a background tab whose timers sleep sends no heartbeat, so it raises no alarm.
 */

const LONGEST_SILENCE_MS = 9_000;

export class Silence {
  private owedSince: number | null = null;

  /** A message was sent that the node answers. */
  asked(now: number): void {
    this.owedSince ??= now;
  }

  /** Something arrived. */
  heard(): void {
    this.owedSince = null;
  }

  isDead(now: number): boolean {
    return this.owedSince !== null && now - this.owedSince > LONGEST_SILENCE_MS;
  }
}
