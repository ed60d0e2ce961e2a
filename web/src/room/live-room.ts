/** One session's room in this browser: the line to the node, the node's messages, and the media in both directions. */

import { effect, signal } from "@preact/signals";
import type { LocalMedia } from "../media/local.ts";
import { newPeer } from "../media/peer.ts";
import { Publishing, type Sent } from "../media/publishing.ts";
import { type ConnectionReport, inbound } from "../media/statistics.ts";
import { Subscribing } from "../media/subscribing.ts";
import { words } from "../messages/words.ts";
import * as clock from "../now.ts";
import { watchNetwork } from "../signaling/dead-network.ts";
import type { Known } from "../signaling/line.ts";
import { Signaling } from "../signaling/signaling.ts";
import { isStaff } from "../stage/tiles.ts";
import { Viewing } from "../stage/viewing.ts";
import { comeBack } from "../storage.ts";
import type { TicketView } from "../wire/api.gen.ts";
import type {
  AttendanceCounted, IceServer, NoteSaved, Refused, Request, RoomChanged, NodeMessage, Welcomed,
} from "../wire/protocol.gen.ts";

export interface Way {
  readonly session: string;
  /** Requests a ticket: clients by their personal link, staff by their sign-in. */
  readonly askTicket: () => Promise<TicketView>;
}

/** What a page does in the room beside showing it, such as the notes of staff. */
export interface Listener {
  /** On a new connection, as the same person as before. */
  welcomed(): void;
  noteSaved(message: NoteSaved): void;
  /** Resolves when typed text is saved, or after too long; leaving waits for it. */
  settled(): Promise<void>;
}

/** The room as currently shown. */
export interface ShownRoom {
  readonly live: LiveRoom;
  readonly room: RoomChanged;
  readonly title: string;
  readonly zone: string | undefined;
}

/** After an absence this long, as with a closed lid, a person does not expect to be seen at once. */
const LONG_AWAY_MS = 60_000;

export class LiveRoom {
  readonly welcome = signal<Welcomed | null>(null);
  readonly room = signal<RoomChanged | null>(null);
  /** Sent back to the lobby by staff, after having been in the room on this page. */
  readonly returned = signal(false);
  readonly attendance = signal<AttendanceCounted | null>(null);
  /** The node's last refusal, for people; null once it was read. */
  readonly refusal = signal<Refused | null>(null);
  readonly media: LocalMedia;
  readonly signaling: Signaling;
  readonly publishing: Publishing;
  readonly subscribing: Subscribing;
  readonly viewing: Viewing;

  private readonly way: Way;
  private listener: Listener | null = null;
  private iceServers: readonly IceServer[];
  /** The connection that publishes; a new connection publishes again. */
  private publisher: string | null = null;
  /** By the device's own clock, which continues while the device sleeps. */
  private heardAt = Date.now();
  private readonly undo: Array<() => void> = [];

  constructor(way: Way, media: LocalMedia) {
    const known = comeBack.read();
    const returning = known?.session === way.session ? known : null;
    this.way = way;
    this.media = media;
    this.iceServers = returning?.iceServers ?? [];
    const makes = () => newPeer(this.iceServers);
    this.publishing = new Publishing(makes, (offer) => this.say({ type: "publish", offer }));
    this.subscribing = new Subscribing(makes, {
      accept: (message) => this.say(message),
      resubscribe: (keep) => this.say({ type: "resubscribe", keep }),
    });
    this.viewing = new Viewing((view) => this.publisher !== null && this.say(view));
    this.signaling = new Signaling(this, returning?.known ?? null);
  }

  begin(): void {
    this.signaling.begin();
    this.undo.push(
      effect(() => void this.publishing.replace(this.sent()).catch(() => this.publishAnew())),
      effect(() => void this.sayDevices()),
      effect(() => this.noticeTheEnd()),
      watchNetwork(this.publishing.state, this.subscribing.state, () => this.signaling.drop()),
    );
    globalThis.window.vesperStatistics = () => this.report();
  }

  /** Stop without a message, as when another page is shown; a resume brings the person back. */
  close(): void {
    for (const undo of this.undo) undo();
    this.signaling.close();
    this.silenceMedia();
    delete globalThis.window.vesperStatistics;
  }

  say(message: Request): boolean {
    return this.signaling.say(message);
  }

  /** Send a person's request: it reaches the room now, or the page says that it did not. */
  ask(message: Request): void {
    const sentence = words.room.notDone;
    if (!this.say(message)) this.refusal.value = { type: "refused", code: "not_connected", sentence, closing: false };
  }

  /** Leave on purpose. */
  async leave(): Promise<void> {
    await this.listener?.settled();
    this.signaling.leave();
  }

  /** Pass messages that the room itself does not use to `listener`. Returns a function that ends this. */
  listen(listener: Listener): () => void {
    this.listener = listener;
    return () => {
      this.listener = null;
    };
  }

  // ---- what signaling needs from its surroundings ----

  async askTicket() {
    const granted = await this.way.askTicket();
    this.iceServers = granted.ice_servers;
    return granted;
  }

  keep(known: Known): void {
    comeBack.keep({ session: this.way.session, known, iceServers: this.iceServers });
  }

  forget(): void {
    comeBack.forget();
  }

  hear(message: NodeMessage): void {
    const away = Date.now() - this.heardAt;
    this.heardAt += away;
    switch (message.type) {
      case "welcomed":
        return this.welcomed(message, away);
      case "room_changed":
        return this.changed(message);
      case "answered":
        return void this.publishing.answered(message.answer).catch(() => this.publishAnew());
      case "publishing_lost":
        return this.publishing.lost();
      case "voices_changed":
        return this.subscribing.voicesChanged(message);
      case "pictures_refused":
        return this.subscribing.picturesRefused(message);
      case "offered":
        return void this.subscribing.offered(message);
      case "attendance_counted":
        clock.set(message.now);
        this.attendance.value = message;
        return;
      case "note_saved":
        return this.listener?.noteSaved(message);
      case "refused":
        return this.refused(message);
      default: // the line itself takes heartbeats, renewed resumes and dismissals
        return;
    }
  }

  private welcomed(message: Welcomed, away: number): void {
    clock.set(message.now);
    // Somebody else has signed in at this browser: nothing of who was here before is theirs.
    if (this.welcome.value !== null && this.welcome.value.member !== message.member) return location.reload();
    if (this.room.value?.here === true && away > LONG_AWAY_MS) this.media.rest();
    if (message.ice_servers.length > 0) this.iceServers = message.ice_servers;
    this.welcome.value = message;
    this.sayDevices();
    this.listener?.welcomed();
  }

  private changed(message: RoomChanged): void {
    if (message.here && this.cameStraightIn()) this.media.rest();
    this.returned.value = !message.here && (this.returned.value || this.room.value?.here === true);
    this.room.value = message;
    if (message.here) return this.publishOnce();
    this.silenceMedia();
    this.media.inTheLobby();
  }

  /** A client who was let in before: no lobby of this page lay between the door and the others. */
  private cameStraightIn(): boolean {
    return this.room.value === null && !isStaff(this.welcome.value?.role ?? "");
  }

  private refused(message: Refused): void {
    if (message.code === "media_refused") this.publishing.refused();
    if (!message.closing) this.refusal.value = message;
  }

  private publishOnce(): void {
    const connection = this.welcome.value?.connection ?? null;
    if (connection === null || connection === this.publisher) return;
    this.publisher = connection;
    this.publishing.end();
    this.publishAnew();
    this.viewing.sayAgain();
  }

  private publishAnew(): void {
    void this.publishing.begin(this.sent());
  }

  private silenceMedia(): void {
    this.publisher = null;
    this.publishing.end();
    this.subscribing.end();
    this.viewing.end();
  }

  private sent(): Sent {
    const { microphone, camera, screen } = this.media;
    return {
      microphone: microphone.value.is === "on" ? microphone.value.track : null,
      camera: camera.value.is === "on" ? camera.value.track : null,
      screen: screen.value,
    };
  }

  private sayDevices(): void {
    const { audible, visible, screen } = this.media;
    const devices = { microphone: audible.value, camera: visible.value, screen: screen.value !== null };
    this.say({ type: "set_devices", ...devices });
  }

  private noticeTheEnd(): void {
    if (this.signaling.phase.value.is !== "over") return;
    this.silenceMedia();
    this.media.end();
  }

  private async report(): Promise<ConnectionReport> {
    return {
      publishing: this.publishing.state.value,
      subscribing: this.subscribing.state.value,
      inbound: await inbound(this.subscribing),
    };
  }
}
