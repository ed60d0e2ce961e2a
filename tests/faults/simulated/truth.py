"""What really happened, in true time, written down by those it happened to and not by any node."""

import msgspec

from domain.events.attendance import AttendanceCorrected
from domain.events.schedule import Role, SessionPlanned

UNPROVED = "returned, unproved"
"""Sent back by staff, and lost before it gave another sign: what staff do is no evidence, so it is dated as a loss."""


class Stay(msgspec.Struct):
    """One device in one room, admitted and alive, from `start` until `end` (virtual seconds)."""

    session: str
    person: str
    role: Role
    admission: str
    """The id of the fact by which it began."""
    start: float
    witness: str
    """What proves it lives: `media` each second, or the `socket` alone each five."""
    end: float | None = None
    how: str = ""
    """`left`, `lost`, `aborted` (the socket's end was seen), `node` (the node died), `returned`, `removed` …"""


class Break(msgspec.Struct):
    """A break that staff declared."""

    start: float
    end: float | None = None


class Truth:
    """One evening of a whole clinic."""

    def __init__(self) -> None:
        self.plans: dict[str, SessionPlanned] = {}
        self.stays: list[Stay] = []
        self.lobby: dict[tuple[str, str], int] = {}
        """When each person first came to each session's lobby; in whole seconds, as the node's clock cuts them."""
        self.ended: dict[str, float] = {}
        self.extended: dict[str, float] = {}
        self.breaks: dict[str, list[Break]] = {}
        self.corrections: list[AttendanceCorrected] = []
        self.sent_off: dict[tuple[str, str], list[float]] = {}
        """When staff sent each person out, or back to the lobby, who was not there just then."""

    def arrives(self, session: str, person: str, second: int) -> None:
        """Somebody is in the lobby; the first time counts."""
        self.lobby[session, person] = min(second, self.lobby.get((session, person), second))

    def sends_off(self, session: str, person: str, at: float) -> None:
        """Staff decide about somebody who is away: the gap in their presence stays a gap."""
        self.sent_off.setdefault((session, person), []).append(at)

    def ends(self, session: str, at: float) -> None:
        """The session is over; the first end counts."""
        self.ended.setdefault(session, at)

    def extends(self, session: str, until: float) -> None:
        """The window's end moves, unless the session is over."""
        if session not in self.ended:
            self.extended[session] = until

    def breaks_off(self, session: str, at: float) -> None:
        """A break begins."""
        self.breaks.setdefault(session, []).append(Break(at))

    def goes_on(self, session: str, at: float) -> None:
        """The break is over."""
        self.breaks[session][-1].end = at
