/** What this person sends: one peer connection, offered by the browser, that stays the same whoever comes or goes. */

import { signal } from "@preact/signals";
import { type Makes, watch } from "./peer.ts";

export interface Sent {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
}

const AGAIN_MS = 1_000;
const ANSWER_WITHIN_MS = 10_000;
/** The one place that says in which qualities the camera is sent. */
const CAMERA_ENCODINGS: RTCRtpEncodingParameters[] = [{ maxBitrate: 600_000 }];

export class Publishing {
  readonly state = signal<RTCPeerConnectionState | "none">("none");
  private peer: RTCPeerConnection | null = null;
  private sent: Sent = { microphone: null, camera: null };
  /** Offers that were said and not answered yet: only the answer to the newest fits. */
  private unanswered = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly makes: Makes;
  private readonly sayOffer: (offer: string) => boolean;

  constructor(makes: Makes, sayOffer: (offer: string) => boolean) {
    this.makes = makes;
    this.sayOffer = sayOffer;
  }

  /** Send these from a new peer connection. */
  async begin(sent: Sent): Promise<void> {
    this.drop();
    const peer = this.makes();
    this.peer = peer;
    this.sent = sent;
    peer.addEventListener("connectionstatechange", () => (this.state.value = peer.connectionState));
    watch(peer, () => this.peer === peer && this.again());
    peer.addTransceiver(sent.microphone ?? "audio", { direction: "sendonly" });
    peer.addTransceiver(sent.camera ?? "video", { direction: "sendonly", sendEncodings: CAMERA_ENCODINGS });
    await peer.setLocalDescription();
    if (this.peer !== peer) return;
    if (this.sayOffer(peer.localDescription?.sdp ?? "")) this.unanswered += 1;
    this.timer = setTimeout(() => peer.signalingState !== "stable" && this.again(), ANSWER_WITHIN_MS);
  }

  /** The engine's answer to the oldest offer that waits for one. */
  async answered(sdp: string): Promise<void> {
    this.unanswered = Math.max(0, this.unanswered - 1);
    if (this.unanswered > 0 || this.peer?.signalingState !== "have-local-offer") return;
    clearTimeout(this.timer);
    await this.peer.setRemoteDescription({ type: "answer", sdp });
  }

  /** The engine would not take the offer: try once more, later. */
  refused(): void {
    this.unanswered = Math.max(0, this.unanswered - 1);
    if (this.peer?.signalingState === "have-local-offer") this.again(ANSWER_WITHIN_MS);
  }

  /** Send other tracks, without negotiating. A missing one is sent as nothing. */
  async replace(sent: Sent): Promise<void> {
    this.sent = sent;
    const [audio, video] = this.peer?.getTransceivers() ?? [];
    await Promise.all([audio?.sender.replaceTrack(sent.microphone), video?.sender.replaceTrack(sent.camera)]);
  }

  /** The connection to the node is a new one: nothing said on the old one will be answered. */
  end(): void {
    this.unanswered = 0;
    this.drop();
  }

  private again(after = AGAIN_MS): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.begin(this.sent), after);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.peer?.close();
    this.peer = null;
    this.state.value = "none";
  }
}
