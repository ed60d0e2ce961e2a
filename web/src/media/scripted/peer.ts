/** The stand-in of the media tests: a peer connection without a network, whose descriptions take effect asynchronously. */

export class ScriptedPeer extends EventTarget {
  readonly log: string[] = [];
  connectionState: RTCPeerConnectionState = "new";
  signalingState: RTCSignalingState = "stable";
  localDescription: { sdp: string } | null = null;
  readonly senders: Array<{ track: unknown }> = [];
  private remote = "";
  private readonly number: number;
  private readonly slow: () => Promise<void>;

  constructor(number: number, slow: () => Promise<void> = () => Promise.resolve()) {
    super();
    this.number = number;
    this.slow = slow;
  }

  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    this.log.push(`${type} ${sdp} begins`);
    await this.slow();
    if (sdp === "broken") throw new DOMException("", "InvalidAccessError");
    this.remote = sdp;
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    this.log.push(`${type} ${sdp} ends`);
  }

  async setLocalDescription(): Promise<void> {
    this.signalingState = this.signalingState === "have-remote-offer" ? "stable" : "have-local-offer";
    const sdp = this.signalingState === "stable" ? `answer to ${this.remote}` : `offer of ${this.number}`;
    this.localDescription = { sdp };
  }

  addTransceiver(track: unknown): void {
    this.senders.push({ track });
  }

  restartIce(): void {
    this.log.push("ICE restarts");
  }

  getTransceivers() {
    const receiving = [
      { mid: "0", receiver: { track: "audio track" } },
      { mid: "1", receiver: { track: "video track" } },
    ];
    const sending = this.senders.map((sender) => ({
      sender: { replaceTrack: async (track: unknown) => void (sender.track = track) },
    }));
    return sending.length > 0 ? sending : receiving;
  }

  turn(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }

  close(): void {
    this.log.push("closed");
    this.signalingState = "closed";
  }

  /** Each call makes the next peer; all of them stay in the list. */
  static factory(slow?: () => Promise<void>): { peers: ScriptedPeer[]; makes: () => RTCPeerConnection } {
    const peers: ScriptedPeer[] = [];
    const makes = () => {
      const peer = new ScriptedPeer(peers.length + 1, slow);
      peers.push(peer);
      return peer as unknown as RTCPeerConnection;
    };
    return { peers, makes };
  }
}
