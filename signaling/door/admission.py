"""The first message of a socket must hold a ticket, which works once, or a resume."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from domain.access import tickets
from domain.access.tickets import CLOCK_LEEWAY, Resume, Ticket
from domain.decoding import without_values
from domain.errors import BadMessage, InvalidInput, TicketUsed, TooLarge
from domain.events.schedule import STAFF_ROLES, Role
from domain.room.members import member_id
from signaling import messages as m
from signaling.hosting.withdrawals import Withdrawals
from signaling.journal.journal import Journal, UsedTicket, every_entry

_FIRST: msgspec.json.Decoder[m.First] = msgspec.json.Decoder(m.First)
_REQUEST: msgspec.json.Decoder[m.Request] = msgspec.json.Decoder(m.Request)

Shape = TypeVar("Shape")


class Admission:
    """Checks first messages for one node, and remembers the tickets it has seen until they expire."""

    def __init__(
        self, node: str, key: bytes, journal: Journal, withdrawals: Withdrawals, now: Callable[[], datetime]
    ) -> None:
        self._node = node
        self._key = key
        self._journal = journal
        self._withdrawals = withdrawals
        self._now = now
        self._used = _remembered(journal.folder, now())

    def check(self, first: m.First) -> Ticket | Resume:
        """The claims of a good first message. This uses a ticket up.

        Raises:
            TicketForged, TicketExpired, TicketUsed, TicketForAnotherNode
            LinkRevoked, NotSignedIn, Deactivated, PlaceChanged: the access that the claims rest on was withdrawn.
        """
        now = self._now()
        claims = self._open(first, now)
        self._withdrawals.check(claims)
        if isinstance(claims, Ticket):
            self._use_up(claims, now)
        return claims

    def member(self, claims: Ticket | Resume) -> str:
        """The person in the session, as clients and guests may know them."""
        return member_id(self._key, claims.session, claims.person)

    def _open(self, first: m.First, now: datetime) -> Ticket | Resume:
        if isinstance(first, m.ResumeSession):
            return tickets.open_resume(first.token, self._key, now)
        return tickets.open_ticket(first.ticket, self._key, self._node, now)

    def _use_up(self, ticket: Ticket, now: datetime) -> None:
        self._forget_expired(now)
        if ticket.id in self._used:
            raise TicketUsed
        self._used[ticket.id] = ticket.expires
        self._journal.append(UsedTicket(ticket.id, ticket.expires))

    def _forget_expired(self, now: datetime) -> None:
        for ticket in [ticket for ticket, expires in self._used.items() if now > expires + CLOCK_LEEWAY]:
            del self._used[ticket]


def _remembered(folder: Path, now: datetime) -> dict[str, datetime]:
    used = (entry for entry in every_entry(folder) if isinstance(entry, UsedTicket))
    return {ticket.id: ticket.expires for ticket in used if ticket.expires > now}


def decode_first(data: str | bytes) -> m.First:
    """The first message.

    Raises:
        BadMessage, InvalidInput, TooLarge
    """
    return _decode(data, _FIRST, m.MAX_MESSAGE_BYTES)


def longest(role: Role) -> int:
    """The most bytes that a message from this role may have."""
    return m.MAX_STAFF_MESSAGE_BYTES if role in STAFF_ROLES else m.MAX_MESSAGE_BYTES


def decode_request(data: str | bytes, role: Role = "client") -> m.Request:
    """Any later message, from a person in this role.

    Raises:
        BadMessage, InvalidInput, TooLarge
    """
    return _decode(data, _REQUEST, longest(role))


def _decode(data: str | bytes, decoder: msgspec.json.Decoder[Shape], limit: int) -> Shape:
    if isinstance(data, bytes):
        raise BadMessage("Messages are JSON text; this one was binary.")
    if len(data) > limit or len(data.encode()) > limit:
        raise TooLarge
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"The message does not fit: {without_values(error)}.") from None
    except msgspec.DecodeError:
        raise BadMessage("The message is not JSON.") from None
