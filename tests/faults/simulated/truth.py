"""What really happened, in true time, recorded by the people concerned and not by any node."""

import msgspec

from domain.events.attendance import AttendanceCorrected
from domain.events.schedule import Role, SessionPlanned

UNPROVED = "returned, unproved"
"""Sent back by staff, and lost before its next sign: acts of staff are no evidence, so it is dated as a loss."""


class Stay(msgspec.Struct):
    """One device in one room, admitted and alive, from `start` until `end` (virtual seconds)."""

    session: str
    person: str
    role: Role
    admission: str
    """The id of the fact that began it."""
    start: float
    witness: str
    """The proof of its life: `media` every second, or the `socket` alone every five."""
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
        """When each person first came to each session's lobby, in whole seconds of the node's clock."""
        self.ended: dict[str, float] = {}
        self.extended: dict[str, float] = {}
        self.breaks: dict[str, list[Break]] = {}
        self.corrections: list[AttendanceCorrected] = []
        self.sent_off: dict[tuple[str, str], list[float]] = {}
        """When staff sent out, or back to the lobby, a person who was not connected then."""

    def arrives(self, session: str, person: str, second: int) -> None:
        """Record an arrival in the lobby; the first one counts."""
        self.lobby[session, person] = min(second, self.lobby.get((session, person), second))

    def sends_off(self, session: str, person: str, at: float) -> None:
        """Record a decision of staff about a person who is away: the gap in their presence stays a gap."""
        self.sent_off.setdefault((session, person), []).append(at)

    def ends(self, session: str, at: float) -> None:
        """Record the session's end; the first one counts."""
        self.ended.setdefault(session, at)

    def extends(self, session: str, until: float) -> None:
        """Move the window's end, unless the session is over."""
        if session not in self.ended:
            self.extended[session] = until

    def breaks_off(self, session: str, at: float) -> None:
        """Begin a break."""
        self.breaks.setdefault(session, []).append(Break(at))

    def goes_on(self, session: str, at: float) -> None:
        """End the break."""
        self.breaks[session][-1].end = at
