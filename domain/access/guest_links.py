"""Guest links: one person, one session or all of one kind, one role, resting on one release."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from domain.access import door
from domain.errors import LinkExpired, LinkRevoked
from domain.events.schedule import MUTUAL_HELP, GuestRole, SessionKind
from domain.instants import local_date, second
from domain.people.ties import Relation
from domain.programs.acts import Stretch
from domain.schedule.sessions import Session


class ClientPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A client's place in a program of their clinic, with its days."""

    clinic: str
    program: str
    days: tuple[Stretch, ...]


class OfKind(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions of one program and one kind, up to a day."""

    program: str
    kind: SessionKind
    until: date


class GuestLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link and what it is for: a `OfKind`, or the session with that id."""

    id: str
    clinic: str
    guest: str
    consent: str
    role: GuestRole
    opens: str | OfKind
    created_at: datetime
    created_by: str
    expires_at: datetime


class GuestHolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a guest's link proves: the guest, whose guest they are, and what it is for."""

    link: str
    clinic: str
    clinic_name: str
    person: str
    name: str
    client: str
    client_name: str
    relation: Relation
    role: GuestRole
    opens: str | OfKind
    agreed_version: str | None
    """The version of the confidentiality rule that they agreed to; None before."""
    expires_at: datetime
    revoked_at: datetime | None
    """When the link, the release or the guest's access ended, whichever was first."""


_WITHDRAWN = "This invitation was withdrawn. If you think that is a mistake, ask the program."
_EXPIRED = "This invitation has expired. Ask the program for a new one."


def check(holder: GuestHolder, now: datetime) -> None:
    """Refuse a link that is no longer good.

    Raises:
        LinkRevoked, LinkExpired
    """
    if holder.revoked_at is not None:
        raise LinkRevoked(_WITHDRAWN)
    if now >= holder.expires_at:
        raise LinkExpired(_EXPIRED)


def opens(holder: GuestHolder, session: Session, client_comes: bool) -> bool:
    """Whether the link is for this session. Where the client may not come, their guest may not; and a guest's release
    lasts to the session's end."""
    return (
        session.clinic == holder.clinic
        and session.kind != MUTUAL_HELP
        and client_comes
        and session.window_ends <= holder.expires_at
        and _is_for(holder.opens, session)
    )


def _is_for(what: str | OfKind, session: Session) -> bool:
    if isinstance(what, str):
        return session.id == what
    day = local_date(second(session.starts), session.timezone)
    return (session.program, session.kind) == (what.program, what.kind) and day <= what.until and not session.pull_out


def client_comes(session: Session, on_roster: str | None, places: Sequence[ClientPlace]) -> bool:
    """Whether the session expects the client, or is open to them by an enrolment."""
    if on_roster is not None:
        return on_roster == "client"
    return any(door.is_open_to(place, session) for place in places)
