// Written from signaling/messages.py by `python -m vesper.typescript`. Change it there.

/** A moment, RFC 3339 in UTC. */
export type Instant = string;
/** A calendar day, such as 2026-03-04. */
export type LocalDate = string;

export type Role = "client" | "facilitator" | "co_facilitator" | "observer" | "family_member" | "interpreter" | "support_person";

export type Withdrawal = "link_revoked" | "signed_out" | "deactivated" | "place_changed";

/** The first message of a new arrival. */
export interface Join {
  readonly type: "join";
  readonly ticket: string;
}

/**
 * The first message of a person who was here before (after a reload, or a lost network).
 *
 * `replaces` names the person's own connection that this one replaces, so that no ghost of it lingers.
 */
export interface ResumeSession {
  readonly type: "resume_session";
  readonly token: string;
  readonly replaces?: string | null;
}

/** I leave, on purpose. */
export interface Leave {
  readonly type: "leave";
}

/** I am here; every five seconds. `clock` is the browser's own. */
export interface Heartbeat {
  readonly type: "heartbeat";
  readonly clock: Instant;
}

/** My offer of camera and microphone; a new offer replaces the connection before. */
export interface Publish {
  readonly type: "publish";
  readonly offer: string;
}

/** My answer to `Offered`. */
export interface Accept {
  readonly type: "accept";
  readonly offer_id: number;
  readonly answer: string;
}

/**
 * My receiving connection failed: offer me a new one. With `keep` it only lost its path: offer it again with new
 * ICE credentials.
 */
export interface Resubscribe {
  readonly type: "resubscribe";
  readonly keep?: boolean;
}

/** How large a picture is shown, in pixels of the screen. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The pictures that my page shows, and their sizes; it replaces the `View` before it. Pictures in neither list are
 * sent small.
 */
export interface View {
  readonly type: "view";
  readonly cameras: Readonly<Record<string, Size | null>>;
  readonly screens: Readonly<Record<string, Size | null>>;
}

/** Which of my devices are on now, for the others to see. */
export interface SetDevices {
  readonly type: "set_devices";
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen?: boolean;
}

/** Staff: start the session. */
export interface StartSession {
  readonly type: "start_session";
}

/** Staff: end the session for everybody. */
export interface EndSession {
  readonly type: "end_session";
}

/** Staff: let the session end at this time instead. */
export interface ExtendSession {
  readonly type: "extend_session";
  readonly until: Instant;
}

/** Staff: begin a break. */
export interface StartBreak {
  readonly type: "start_break";
}

/** Staff: end the break. */
export interface EndBreak {
  readonly type: "end_break";
}

/** Staff: let this person in, on every device that waits. */
export interface Admit {
  readonly type: "admit";
  readonly person: string;
}

/** Staff: let in everyone who waits, except guests: staff look at each of them first. */
export interface AdmitAll {
  readonly type: "admit_all";
}

/** Staff: send this person back to the lobby; a person who is away waits there after they come back. */
export interface ReturnToLobby {
  readonly type: "return_to_lobby";
  readonly person: string;
}

/**
 * Staff: send this person out, connected or not; they may not come back until they are readmitted.
 *
 * Only people who oversee the clinic may send staff out.
 */
export interface Remove {
  readonly type: "remove";
  readonly person: string;
}

/** Staff: let this removed person come to the lobby again. */
export interface Readmit {
  readonly type: "readmit";
  readonly person: string;
}

/**
 * Staff: save the current draft of a note. `client` None is the note about the whole group.
 *
 * `revision` counts the writer's saves, so that an older text never replaces a newer one.
 */
export interface SaveNote {
  readonly type: "save_note";
  readonly client: string | null;
  readonly kind: "private_reflection" | "progress" | "sud_counselling";
  readonly revision: number;
  readonly text: string;
}

/** A relay the browser may use, with credentials that expire. */
export interface IceServer {
  readonly urls: ReadonlyArray<string>;
  readonly username: string;
  readonly credential: string;
}

/** You are connected; `RoomChanged` shows whether to the lobby or to the room. */
export interface Welcomed {
  readonly type: "welcomed";
  readonly connection: string;
  readonly session: string;
  readonly member: string;
  readonly role: Role;
  readonly resume: string;
  readonly now: Instant;
  readonly ice_servers: ReadonlyArray<IceServer>;
  readonly oversees: boolean;
  readonly person: string | null;
}

/** The session's end has moved: keep this resume instead of the one before. */
export interface ResumeRenewed {
  readonly type: "resume_renewed";
  readonly resume: string;
}

/** Your heartbeat with this `clock` arrived. While these come, the line works in both directions. */
export interface HeartbeatHeard {
  readonly type: "heartbeat_heard";
  readonly clock: Instant;
}

/** One connection of a participant. */
export interface Device {
  readonly connection: string;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

/** A person's lasting id and name, beyond this session. */
export interface Identity {
  readonly person: string;
  readonly name: string;
  readonly guest_of: string | null;
}

/** A person in the room, on one or more devices; without a device they are away, and may come back. */
export interface Participant {
  readonly member: string;
  readonly label: string;
  readonly role: Role;
  readonly devices: ReadonlyArray<Device>;
  readonly identity: Identity | null;
}

/** A person in the lobby; staff see them. */
export interface Waiting {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly since: Instant;
  readonly guest_of: string | null;
}

/** A person whom staff sent out, and who may not come back now. */
export interface Removed {
  readonly person: string;
  readonly name: string;
}

/** The whole room as it is now; it replaces the `RoomChanged` before it. */
export interface RoomChanged {
  readonly type: "room_changed";
  readonly phase: "before" | "ended" | "live";
  readonly here: boolean;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly started_at: Instant | null;
  readonly break_since: Instant | null;
  readonly participants: ReadonlyArray<Participant>;
  readonly waiting: ReadonlyArray<Waiting>;
  readonly trouble: string | null;
  readonly removed: ReadonlyArray<Removed>;
}

/** The engine's answer to your `Publish`. */
export interface Answered {
  readonly type: "answered";
  readonly answer: string;
}

/** The engine no longer receives you: publish again, from a new connection. */
export interface PublishingLost {
  readonly type: "publishing_lost";
}

/** One stream of one connection. */
export interface Feed {
  readonly connection: string;
  readonly kind: "audio" | "screen" | "video";
}

/**
 * The engine's offer of the media that you receive; answer with `Accept`.
 *
 * `connection_id` names the offer's peer connection: for a new one, build a new peer connection.
 */
export interface Offered {
  readonly type: "offered";
  readonly offer_id: number;
  readonly connection_id: string;
  readonly sdp: string;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly slots: ReadonlyArray<string>;
}

/** The speakers in the audio slots of this peer connection; it replaces the one before. */
export interface VoicesChanged {
  readonly type: "voices_changed";
  readonly connection_id: string;
  readonly voices: Readonly<Record<string, string>>;
}

/** Pictures that are not sent, because your answer accepted none of their formats; it replaces the one before. */
export interface PicturesRefused {
  readonly type: "pictures_refused";
  readonly connection_id: string;
  readonly mids: ReadonlyArray<string>;
}

/** One client's attendance so far, by the same arithmetic that will bill it. */
export interface ClientAttendance {
  readonly person: string;
  readonly name: string;
  readonly label: string | null;
  readonly state: "away" | "not_here" | "present" | "waiting";
  readonly credited_s: number;
  readonly late_s: number | null;
  readonly late: boolean;
  readonly elsewhere: boolean;
}

/** Staff: the live board, every few seconds and at each change. */
export interface AttendanceCounted {
  readonly type: "attendance_counted";
  readonly now: Instant;
  readonly clients: ReadonlyArray<ClientAttendance>;
}

/** The draft with this revision is on disk. */
export interface NoteSaved {
  readonly type: "note_saved";
  readonly client: string | null;
  readonly kind: string;
  readonly revision: number;
  readonly at: Instant;
}

/** Your request was refused; the connection stays open, unless `closing`. */
export interface Refused {
  readonly type: "refused";
  readonly code: string;
  readonly sentence: string;
  readonly closing: boolean;
}

/**
 * This connection is over, for this cause.
 *
 * `moved` and `too_slow` mean: come back with your resume. `changed`: ask for a ticket again. `withdrawn`: your
 * access was withdrawn, and `sentence` says what to do. `cancelled`: the session does not take place.
 */
export interface Dismissed {
  readonly type: "dismissed";
  readonly cause: "cancelled" | "changed" | "ended" | "left" | "moved" | "removed" | "too_slow" | "withdrawn";
  readonly sentence: string;
  readonly why: Withdrawal | null;
}

export type Request =
  | Join
  | ResumeSession
  | Leave
  | Heartbeat
  | Publish
  | Accept
  | Resubscribe
  | View
  | SetDevices
  | StartSession
  | EndSession
  | ExtendSession
  | StartBreak
  | EndBreak
  | Admit
  | AdmitAll
  | ReturnToLobby
  | Remove
  | Readmit
  | SaveNote;

export type NodeMessage =
  | Welcomed
  | ResumeRenewed
  | HeartbeatHeard
  | RoomChanged
  | Answered
  | PublishingLost
  | Offered
  | VoicesChanged
  | PicturesRefused
  | AttendanceCounted
  | NoteSaved
  | Refused
  | Dismissed;
