"""Who may enter which session, when, and in which role: every rule of the door in one place."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.access.links import LinkHolder
from domain.access.tickets import RESUME_GRACE
from domain.errors import (
    Discharged,
    LinkExpired,
    LinkRevoked,
    NotOnRoster,
    OnLeave,
    Refusal,
    SessionCalledOff,
    SessionNotOpen,
    SessionOver,
)
from domain.events.schedule import MUTUAL_HELP, STAFF_ROLES, Role, SessionKind
from domain.instants import local_date, second
from domain.people.roles import may, may_run
from domain.programs.acts import State, Stretch, standing
from domain.schedule.sessions import Session, SessionPhase

LOBBY_OPENS_BEFORE = timedelta(minutes=30)
OPEN_TO_PROGRAM: frozenset[SessionKind] = frozenset(
    {"group", "education", "skills", "peer_support", "support", MUTUAL_HELP}
)
"""The kinds that are open to everyone enrolled in the program. The others are only for people on the roster."""


def lobby_opens(session: Session) -> datetime:
    """When people may begin to enter the session."""
    return session.starts - LOBBY_OPENS_BEFORE


def check_open(session: Session, now: datetime) -> None:
    """Refuse entry that is too early or too late, and entry to a cancelled session.

    Raises:
        SessionCalledOff, SessionNotOpen, SessionOver
    """
    if session.cancelled:
        raise SessionCalledOff
    if session.ended or now >= session.window_ends + RESUME_GRACE:
        raise SessionOver
    if now < lobby_opens(session):
        raise SessionNotOpen("The door opens 30 minutes before the session starts.")


def phase(session: Session, now: datetime) -> SessionPhase:
    """The session's phase at `now`."""
    if session.cancelled:
        return "cancelled"
    if session.ended or (now >= session.window_ends and not session.room_open):
        return "ended"
    if session.started:
        return "live"
    return "open" if session.room_open else "planned"


def check_link(holder: LinkHolder, now: datetime) -> None:
    """Refuse a link that is no longer good.

    Raises:
        LinkRevoked, LinkExpired
    """
    if holder.revoked_at is not None:
        raise LinkRevoked
    if now >= holder.expires_at:
        raise LinkExpired


def client_role(holder: LinkHolder, session: Session, on_roster: Role | None) -> Role | None:
    """The role in which the holder of a personal link may enter; None: they may not.

    It is the role on the roster. Somebody who is not on it is a client if the session is open to the enrolled.
    """
    if on_roster is not None:
        return None if on_roster in STAFF_ROLES else on_roster
    return "client" if is_open_to(holder, session) else None


class Placed(Protocol):
    """Somebody's place in a program of their clinic, if they have one, and the days on which it lets them in."""

    @property
    def clinic(self) -> str: ...
    @property
    def program(self) -> str | None: ...
    @property
    def days(self) -> tuple[Stretch, ...]: ...


def is_open_to(holder: Placed, session: Session) -> bool:
    """Whether the session is open to somebody with this place."""
    return is_group_of(holder, session) and standing_at(holder, session.starts, session.timezone) == "present"


def is_group_of(holder: Placed, session: Session) -> bool:
    """Whether the session is a group of the holder's program, whatever day it is on."""
    return (
        session.clinic == holder.clinic
        and session.program == holder.program
        and session.kind in OPEN_TO_PROGRAM
        and not session.pull_out
    )


def standing_at(holder: Placed, at: datetime, timezone: str) -> State:
    """Where the holder stands in their program at that instant. A session belongs to the day on which it starts, so a
    discharge from tomorrow on lets tonight's group end after midnight, and opens no other."""
    return standing(holder.days, local_date(second(at), timezone))


def why_not(holder: LinkHolder, session: Session) -> Refusal:
    """The refusal for the holder of a personal link who may not enter: it says kindly if only the day is wrong."""
    if is_group_of(holder, session):
        match standing_at(holder, session.starts, session.timezone):
            case "on_leave":
                return OnLeave()
            case "discharged":
                return Discharged()
            case _:
                pass
    return NotOnRoster()


def staff_role(staff_roles: Collection[str], on_roster: Role | None) -> Role | None:
    """The role in which a member of staff may enter; None: they may not.

    It is the role on the roster, for those whose work is in rooms. Somebody who is not on it is an observer if they
    oversee the clinic.
    """
    if on_roster is not None:
        return None if on_roster == "client" or not may_run(staff_roles) else on_roster
    return "observer" if may(staff_roles, "rooms.oversee") else None


def host_role(staff_roles: Collection[str]) -> Role | None:
    """The role in which a member of staff may enter a mutual-help meeting: whoever leads rooms may host it; nobody else
    comes in, overseers neither."""
    return "facilitator" if may(staff_roles, "rooms.lead") else None


def may_cancel(staff_roles: Collection[str], on_roster: str | None) -> bool:
    """Whether a member of staff may cancel the session: its facilitators may, and those who oversee the clinic."""
    return may(staff_roles, "rooms.oversee") or (on_roster in STAFF_ROLES and may_run(staff_roles))


def next_session(sessions: Sequence[Session], now: datetime) -> Session | None:
    """The first of these sessions, in order of start, that is not over.

    A session that overruns is not over while its room is open. A cancelled session counts until its scheduled end,
    unless another session can be entered before that.
    """
    ahead = [session for session in sessions if not _is_past(session, now)]
    open_now = (session for session in ahead if not session.cancelled and lobby_opens(session) <= now)
    first = next(iter(ahead), None)
    return next(open_now, first) if first is not None and first.cancelled else first


def _is_past(session: Session, now: datetime) -> bool:
    return now >= session.window_ends if session.cancelled else phase(session, now) == "ended"
