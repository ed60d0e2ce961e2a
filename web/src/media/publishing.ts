/** The media that this person sends: one peer connection, offered by the browser, which stays when others come and go. */

import { signal } from "@preact/signals";
import { type Makes, watch } from "./peer.ts";

export interface Sent {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

const AGAIN_MS = 1_000;
const ANSWER_WITHIN_MS = 10_000;
/** The qualities in which the camera is sent, defined only here: the smallest first, as browsers require. */
const CAMERA_ENCODINGS: RTCRtpEncodingParameters[] = [
  { rid: "l", scaleResolutionDownBy: 4, maxBitrate: 120_000 },
  { rid: "m", scaleResolutionDownBy: 2, maxBitrate: 350_000 },
  { rid: "h", scaleResolutionDownBy: 1, maxBitrate: 1_100_000 },
];
const SCREEN_ENCODINGS: RTCRtpEncodingParameters[] = [{ maxBitrate: 1_500_000, maxFramerate: 10 }];

export class Publishing {
  readonly state = signal<RTCPeerConnectionState | "none">("none");
  private peer: RTCPeerConnection | null = null;
  private sent: Sent = { microphone: null, camera: null, screen: null };
  /** Offers sent and not answered yet; only the answer to the newest fits. */
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
    watch(peer, {
      astray: () => this.peer === peer && void this.restartIce(peer),
      dead: () => this.peer === peer && this.again(),
    });
    peer.addTransceiver(sent.microphone ?? "audio", { direction: "sendonly" });
    peer.addTransceiver(sent.camera ?? "video", { direction: "sendonly", sendEncodings: CAMERA_ENCODINGS });
    // The screen has its transceiver from the start, so that sharing it needs no negotiation.
    peer.addTransceiver(sent.screen ?? "video", { direction: "sendonly", sendEncodings: SCREEN_ENCODINGS });
    await this.offer(peer);
  }

  /** The engine receives nothing any more: begin again at once, unless that has begun. */
  lost(): void {
    if (this.peer?.signalingState === "stable") void this.begin(this.sent);
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
    const [audio, video, screen] = this.peer?.getTransceivers() ?? [];
    await Promise.all([
      audio?.sender.replaceTrack(sent.microphone),
      video?.sender.replaceTrack(sent.camera),
      screen?.sender.replaceTrack(sent.screen),
    ]);
  }

  /** The connection to the node is new: offers on the old one will not be answered. */
  end(): void {
    this.unanswered = 0;
    this.drop();
  }

  private async offer(peer: RTCPeerConnection): Promise<void> {
    await peer.setLocalDescription();
    if (this.peer !== peer) return;
    clearTimeout(this.timer);
    if (this.sayOffer(peer.localDescription?.sdp ?? "")) this.unanswered += 1;
    this.timer = setTimeout(() => peer.signalingState !== "stable" && this.again(), ANSWER_WITHIN_MS);
  }

  private async restartIce(peer: RTCPeerConnection): Promise<void> {
    if (peer.signalingState !== "stable") return;
    peer.restartIce();
    await this.offer(peer);
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
