"""Tickets admit a person once, within a minute, to one node; resumes admit the same person again for the evening.

Each holds claims and an HMAC-SHA256 over them, in URL-safe base64, so a signaling node checks it with a key and needs
no table. Each contains a display name, so it never appears in a URL or a log.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from domain.errors import TicketExpired, TicketForAnotherNode, TicketForged
from domain.events.fact import Instant
from domain.events.schedule import Role

TICKET_LIFE = timedelta(seconds=60)
RESUME_GRACE = timedelta(hours=2)
"""How long a resume stays valid after the end of the window, scheduled or extended."""
LONGEST_EXTENSION = timedelta(hours=4)
"""How far a session can be extended beyond its scheduled end."""
CLOCK_LEEWAY = timedelta(seconds=5)
"""How far the issuer's clock may be off."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of both: who may enter which session in which role, as the server knew at `granted`.

    Tokens of the first release lack the last four claims, so they can be refused only by person.
    """

    clinic: str
    session: str
    person: str
    role: Role
    name: str
    expires: Instant
    link: str | None = None
    """The personal link that let them in."""
    sign_in: str | None = None
    """The sign-in that let them in."""
    oversees: bool = False
    """Whether this is a supervisor or an administrator of the clinic."""
    guest_of: str | None = None
    """The client whose guest they are, by name, for staff; None if they are no guest."""
    granted: Instant | None = None
    """When the server decided. A resume copies it from its ticket."""
    alias: str | None = None
    """What peers see of a client or a guest; None for staff, and in tokens of older releases."""


class Ticket(Grant, frozen=True, kw_only=True, tag="ticket"):
    """One session, one person, one role, one node, once."""

    id: str
    node: str


class Resume(Grant, frozen=True, kw_only=True, tag="resume"):
    """The same person, back on any node that holds the session."""


Claims = TypeVar("Claims", Ticket, Resume)


def sign(claims: Ticket | Resume, key: bytes) -> str:
    """The text of a ticket or a resume: claims and signature, joined by a dot."""
    body = msgspec.json.encode(claims)
    return f"{_encode(body)}.{_encode(_signature(body, key))}"


def open_ticket(text: str, key: bytes, node: str, now: datetime) -> Ticket:
    """The claims of a ticket meant for `node`. The node remembers used tickets; this function does not.

    Raises:
        TicketForged, TicketExpired, TicketForAnotherNode
    """
    ticket = _open(text, key, Ticket, now)
    if ticket.node != node:
        raise TicketForAnotherNode
    return ticket


def open_resume(text: str, key: bytes, now: datetime) -> Resume:
    """The claims of a resume.

    Raises:
        TicketForged, TicketExpired
    """
    return _open(text, key, Resume, now)


def is_older(granted: datetime | None, change: datetime) -> bool:
    """Whether the server may have granted it before the change. True without a time; allows for `CLOCK_LEEWAY`."""
    return granted is None or granted < change + CLOCK_LEEWAY


def _open(text: str, key: bytes, shape: type[Claims], now: datetime) -> Claims:
    try:
        body, signature = (_decode(part) for part in text.split("."))
    except (ValueError, binascii.Error):
        raise TicketForged from None
    if not hmac.compare_digest(signature, _signature(body, key)):
        raise TicketForged
    try:
        claims = msgspec.json.decode(body, type=shape)
    except msgspec.MsgspecError:
        raise TicketForged from None
    if now > claims.expires + CLOCK_LEEWAY:
        raise TicketExpired
    return claims


def _signature(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """Decode, and accept only the canonical text: base64 ignores the unused bits of the last character."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encode(data) != text:
        raise ValueError(text)
    return data
