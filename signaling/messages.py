"""All messages between the browser and a signaling node: one Struct per message, tagged by its name.

Requests of the browser are imperative (`Publish`), messages of the node past tense (`RoomChanged`). Unknown types and
unknown fields are refused. `docs/protocol.md` is the manual, with an example of each; `web/src/wire/protocol.gen.ts` is
generated from this file.
"""

import re
from typing import Annotated, Literal

import msgspec

from domain.events.fact import Instant
from domain.events.room import Withdrawal
from domain.events.schedule import Role

MAX_MESSAGE_BYTES = 64 * 1024
"""Of any message, before and after the ticket."""
LONGEST_NOTE = 48_000
"""Characters, of any script."""
MAX_STAFF_MESSAGE_BYTES = 12 * LONGEST_NOTE + MAX_MESSAGE_BYTES
"""Of a message from staff, who write notes: JSON may write one character in twelve bytes."""

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
Sdp = Annotated[str, msgspec.Meta(max_length=60_000)]
"""A session description; opaque to everything but the browser and the media engine."""
Token = Annotated[str, msgspec.Meta(max_length=4_096)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Count = Annotated[int, msgspec.Meta(ge=0, le=9_007_199_254_740_991)]
"""A browser's counter: a number that JavaScript holds exactly, and Postgres in a bigint."""


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Message(
    msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag=_snake, forbid_unknown_fields=True
):
    """The root of every message. Messages hold no reference cycles, so `gc=False` spares the collector."""


# ---- the browser asks ----------------------------------------------------------------------------------------------


class Join(Message, frozen=True):
    """The first message of a new arrival."""

    ticket: Token


class ResumeSession(Message, frozen=True):
    """The first message of a person who was here before (after a reload, or a lost network).

    `replaces` names the person's own connection that this one replaces, so that no ghost of it lingers.
    """

    token: Token
    replaces: Id | None = None


class Leave(Message, frozen=True):
    """I leave, on purpose."""


class Heartbeat(Message, frozen=True):
    """I am here; every five seconds. `clock` is the browser's own."""

    clock: Instant


class Publish(Message, frozen=True):
    """My offer of camera and microphone; a new offer replaces the connection before."""

    offer: Sdp


class Accept(Message, frozen=True):
    """My answer to `Offered`."""

    offer_id: Count
    answer: Sdp


class Resubscribe(Message, frozen=True):
    """My receiving connection failed: offer me a new one. With `keep` it only lost its path: offer it again with new
    ICE credentials.
    """

    keep: bool = False


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How large a picture is shown, in pixels of the screen."""

    width: Annotated[int, msgspec.Meta(ge=0, le=16_384)]
    height: Annotated[int, msgspec.Meta(ge=0, le=16_384)]


Sizes = Annotated[dict[Id, Size | None], msgspec.Meta(max_length=100)]
"""By connection; null means not shown at all."""


class View(Message, frozen=True):
    """The pictures that my page shows, and their sizes; it replaces the `View` before it. Pictures in neither list are
    sent small."""

    cameras: Sizes
    screens: Sizes


class SetDevices(Message, frozen=True):
    """Which of my devices are on now, for the others to see."""

    microphone: bool
    camera: bool
    screen: bool = False
    """True while I share my screen, my second picture."""


class StartSession(Message, frozen=True):
    """Staff: start the session."""


class EndSession(Message, frozen=True):
    """Staff: end the session for everybody."""


class ExtendSession(Message, frozen=True):
    """Staff: let the session end at this time instead."""

    until: Instant


class Admit(Message, frozen=True):
    """Staff: let this person in, on every device that waits."""

    person: Id


class AdmitAll(Message, frozen=True):
    """Staff: let in everyone who waits, except guests: staff look at each of them first."""


class ReturnToLobby(Message, frozen=True):
    """Staff: send this person back to the lobby; a person who is away waits there after they come back."""

    person: Id


class Remove(Message, frozen=True):
    """Staff: send this person out, connected or not; they may not come back until they are readmitted.

    Only people who oversee the clinic may send staff out.
    """

    person: Id


class Readmit(Message, frozen=True):
    """Staff: let this removed person come to the lobby again."""

    person: Id


class StartBreak(Message, frozen=True):
    """Staff: begin a break."""


class EndBreak(Message, frozen=True):
    """Staff: end the break."""


class SaveNote(Message, frozen=True):
    """Staff: save the current draft of a note. `client` None is the note about the whole group.

    `revision` counts the writer's saves, so that an older text never replaces a newer one.
    """

    client: Id | None
    kind: Literal["progress", "private_reflection", "sud_counselling"]
    revision: Count
    text: Text


First = Join | ResumeSession
StaffRequest = (
    StartSession | EndSession | ExtendSession | StartBreak | EndBreak
    | Admit | AdmitAll | ReturnToLobby | Remove | Readmit
    | SaveNote
)  # fmt: skip
Request = First | Leave | Heartbeat | Publish | Accept | Resubscribe | View | SetDevices | StaffRequest

# ---- the node sends ------------------------------------------------------------------------------------------------


class IceServer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A relay the browser may use, with credentials that expire."""

    urls: tuple[str, ...]
    username: str
    credential: str


class Welcomed(Message, frozen=True):
    """You are connected; `RoomChanged` shows whether to the lobby or to the room."""

    connection: str
    session: str
    member: str
    """Your id among the participants of this session, on all your devices."""
    role: Role
    resume: str
    """Keep this in the tab; it is the first message after a reload."""
    now: Instant
    ice_servers: tuple[IceServer, ...] = ()
    oversees: bool = False
    """You supervise or administer the clinic: you may send anybody out, and let them back in."""
    person: str | None = None
    """Only for staff and for people who oversee the clinic: your lasting id."""


class ResumeRenewed(Message, frozen=True):
    """The session's end has moved: keep this resume instead of the one before."""

    resume: str


class HeartbeatHeard(Message, frozen=True):
    """Your heartbeat with this `clock` arrived. While these come, the line works in both directions."""

    clock: Instant


class Device(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One connection of a participant."""

    connection: str
    microphone: bool
    camera: bool
    screen: bool = False


class Identity(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A person's lasting id and name, beyond this session."""

    person: str
    name: str
    guest_of: str | None = None
    """The name of the client whose guest this is; null for everybody else."""


class Participant(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A person in the room, on one or more devices; without a device they are away, and may come back."""

    member: str
    """The person's id in this session alone."""
    label: str
    """A first word and a letter, such as `Pat M.`; no two participants have the same."""
    role: Role
    devices: tuple[Device, ...]
    identity: Identity | None = None
    """Only for staff and for people who oversee the clinic."""


class Waiting(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A person in the lobby; staff see them."""

    person: str
    name: str
    role: Role
    since: Instant
    guest_of: str | None = None
    """The name of the client whose guest this is; null for everybody else."""


class Removed(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A person whom staff sent out, and who may not come back now."""

    person: str
    name: str


class RoomChanged(Message, frozen=True):
    """The whole room as it is now; it replaces the `RoomChanged` before it."""

    phase: Literal["before", "live", "ended"]
    here: bool
    """True when you are admitted, false while you wait in the lobby (then `participants` is empty)."""
    starts: Instant
    ends: Instant
    """The scheduled end, or the extended one."""
    started_at: Instant | None
    break_since: Instant | None
    participants: tuple[Participant, ...]
    waiting: tuple[Waiting, ...]
    """Only for staff."""
    trouble: str | None = None
    """Only for staff: the service's current trouble, in a sentence."""
    removed: tuple[Removed, ...] = ()
    """Only for staff, and for people who oversee the clinic."""


class Answered(Message, frozen=True):
    """The engine's answer to your `Publish`."""

    answer: Sdp


class PublishingLost(Message, frozen=True):
    """The engine no longer receives you: publish again, from a new connection."""


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stream of one connection."""

    connection: str
    kind: Literal["audio", "video", "screen"]


class Offered(Message, frozen=True):
    """The engine's offer of the media that you receive; answer with `Accept`.

    `connection_id` names the offer's peer connection: for a new one, build a new peer connection.
    """

    offer_id: int
    connection_id: str
    sdp: Sdp
    feeds: dict[str, Feed]
    """By media id (`mid`)."""
    slots: tuple[str, ...] = ()
    """Media ids that carry the current speakers; `VoicesChanged` names these."""


class VoicesChanged(Message, frozen=True):
    """The speakers in the audio slots of this peer connection; it replaces the one before."""

    connection_id: str
    voices: dict[str, str]
    """Connections by media id."""


class PicturesRefused(Message, frozen=True):
    """Pictures that are not sent, because your answer accepted none of their formats; it replaces the one before."""

    connection_id: str
    mids: tuple[str, ...]


class ClientAttendance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One client's attendance so far, by the same arithmetic that will bill it."""

    person: str
    name: str
    label: str | None
    """How the others in the room see them; null before they come."""
    state: Literal["present", "away", "waiting", "not_here"]
    credited_s: int
    late_s: int | None
    late: bool
    """Later than the policy's cut-off."""
    elsewhere: bool
    """Also connected to another session now."""


class AttendanceCounted(Message, frozen=True):
    """Staff: the live board, every few seconds and at each change."""

    now: Instant
    clients: tuple[ClientAttendance, ...]


class NoteSaved(Message, frozen=True):
    """The draft with this revision is on disk."""

    client: str | None
    kind: str
    revision: int
    at: Instant


class Refused(Message, frozen=True):
    """Your request was refused; the connection stays open, unless `closing`."""

    code: str
    sentence: str
    closing: bool = False


class Dismissed(Message, frozen=True):
    """This connection is over, for this cause.

    `moved` and `too_slow` mean: come back with your resume. `changed`: ask for a ticket again. `withdrawn`: your
    access was withdrawn, and `sentence` says what to do. `cancelled`: the session does not take place.
    """

    cause: Literal["left", "removed", "ended", "moved", "too_slow", "withdrawn", "changed", "cancelled"]
    sentence: str
    why: Withdrawal | None = None
    """The withdrawn access, where the cause is `withdrawn` or `changed`."""


NodeMessage = (
    Welcomed | ResumeRenewed | HeartbeatHeard | RoomChanged | Answered | PublishingLost | Offered | VoicesChanged
    | PicturesRefused | AttendanceCounted | NoteSaved | Refused | Dismissed
)  # fmt: skip
