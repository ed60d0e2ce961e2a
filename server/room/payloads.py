"""What the routes of a session's room take and answer."""

from domain.events.room import TakeoverReason
from server.http.payloads import Body, Id, View


class RemovePerson(Body, frozen=True, kw_only=True):
    person: Id


class TakeResponsibility(Body, frozen=True, kw_only=True):
    why: TakeoverReason


class RoomPerson(View, frozen=True, kw_only=True):
    person: str
    name: str
    role: str
    """A `Role`, or a role of a newer release."""


class RoomView(View, frozen=True, kw_only=True):
    """Who is in a session's room according to the ledger, which is a second behind, and who was sent out."""

    here: tuple[RoomPerson, ...]
    removed: tuple[RoomPerson, ...]
    has_facilitator: bool
