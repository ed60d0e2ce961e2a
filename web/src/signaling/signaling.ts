/** The shell around `line.ts`: a WebSocket, timers and the browser's own signs of losing and finding the network. */

import { type Signal, signal } from "@preact/signals";
import { inOurWords } from "../messages/refusals.ts";
import * as clock from "../now.ts";
import type { TicketView } from "../wire/api.gen.ts";
import type { Request, NodeMessage } from "../wire/protocol.gen.ts";
import { RequestRefused } from "../wire/request.ts";
import {
  type Happening, type Known, type Line, type Order, type Phase, type Stuck, lineFrom, step, stuckOf,
} from "./line.ts";
import { Silence } from "./silence.ts";

const HEARTBEAT_MS = 5_000;
const TRY_AFTER_RETURN_MS = 250;

/** What the line needs from its surroundings. */
export interface Surroundings {
  askTicket(): Promise<TicketView>;
  keep(known: Known): void;
  forget(): void;
  hear(message: NodeMessage): void;
}

export class Signaling {
  readonly phase: Signal<Phase>;
  /** Why coming in takes long, if it does. */
  readonly stuck = signal<Stuck | null>(null);
  /** When the node last answered, in milliseconds of the service's clock. */
  readonly heardAt = signal<number | null>(null);

  private line: Line;
  private socket: WebSocket | null = null;
  private pause: ReturnType<typeof setTimeout> | null = null;
  private silence = new Silence();
  private readonly listening = new AbortController();
  private readonly around: Surroundings;

  constructor(around: Surroundings, known: Known | null) {
    this.around = around;
    this.line = lineFrom(known);
    this.phase = signal(this.line.phase);
  }

  begin(): void {
    const until = { signal: this.listening.signal };
    addEventListener("online", () => this.hurry(), until);
    addEventListener("offline", () => this.drop(), until);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry(), until);
    const beating = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.listening.signal.addEventListener("abort", () => clearInterval(beating));
    this.happen({ type: "begun" });
  }

  /** True if it was sent. Nothing is queued, because messages still needed are sent again after a welcome. */
  say(message: Request): boolean {
    if (this.line.phase.is !== "open" || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Leave on purpose. */
  leave(): void {
    this.happen({ type: "left" });
  }

  /** Begin another connection: this one is dead although nothing closed it. */
  drop(): void {
    if (this.socket !== null) this.happen({ type: "socket_lost" });
  }

  /** End a pause now, because a person asks for it. */
  tryNow(): void {
    if (this.line.phase.is === "pausing") this.pauseFor(0);
  }

  /** Stop everything without a message to the node, as when the page closes. */
  close(): void {
    this.listening.abort();
    this.obey({ type: "hang_up" });
    if (this.pause !== null) clearTimeout(this.pause);
  }

  private happen(happening: Happening): void {
    const [line, orders] = step(this.line, happening, Math.random());
    this.line = line;
    for (const order of orders) this.obey(order);
    this.phase.value = this.line.phase;
    this.stuck.value = stuckOf(this.line);
    if (this.line.phase.is === "over") this.listening.abort();
  }

  private obey(order: Order): void {
    switch (order.type) {
      case "ask_ticket":
        return void this.askTicket();
      case "open":
        return this.open(order.url);
      case "say":
        return this.socket?.send(JSON.stringify(order.message));
      case "hang_up":
        return this.hangUp();
      case "pause":
        return this.pauseFor(order.ms);
      case "keep":
        return this.around.keep(order);
      case "forget":
        return this.around.forget();
    }
  }

  private async askTicket(): Promise<void> {
    try {
      const granted = await this.around.askTicket();
      this.happen({ type: "ticket_granted", ticket: granted.ticket, url: granted.url });
    } catch (error) {
      const { code, message } = error instanceof RequestRefused ? error : new RequestRefused("unknown", 0, String(error));
      this.happen({ type: "ticket_refused", code, sentence: message });
    }
  }

  private open(url: string): void {
    const socket = new WebSocket(url);
    const current = (): boolean => this.socket === socket;
    this.socket = socket;
    this.silence = new Silence();
    this.silence.asked(performance.now());
    socket.addEventListener("open", () => current() && this.happen({ type: "socket_opened" }));
    socket.addEventListener("message", (event) => current() && this.hear(event.data));
    socket.addEventListener("close", () => current() && this.happen({ type: "socket_lost" }));
  }

  private hear(data: unknown): void {
    if (typeof data !== "string") return;
    const message = inOurWords(JSON.parse(data) as NodeMessage);
    this.heardAt.value = clock.at();
    this.silence.heard();
    this.happen({ type: "received", message });
    this.around.hear(message);
  }

  private beat(): void {
    if (this.silence.isDead(performance.now())) return this.drop();
    if (this.say({ type: "heartbeat", clock: new Date().toISOString() })) this.silence.asked(performance.now());
  }

  private hangUp(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private pauseFor(ms: number): void {
    if (this.pause !== null) clearTimeout(this.pause);
    this.pause = setTimeout(() => this.happen({ type: "pause_over" }), ms);
  }

  /** End the pause now, because the network or the person is back. */
  private hurry(): void {
    if (this.line.phase.is === "pausing") this.pauseFor(TRY_AFTER_RETURN_MS);
  }
}
