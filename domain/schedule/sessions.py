"""Sessions as staff see them: the schedule, and the progress of each. The arithmetic does not read it."""

from datetime import datetime
from typing import Literal

import msgspec

from domain.events.fact import Span
from domain.events.schedule import Block, PolicyReference, SessionKind

SessionPhase = Literal["planned", "open", "live", "ended", "cancelled"]
"""`open`: somebody is in the lobby; `live`: started by staff."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One session of the schedule. `started`, `ended` and `room_open` come from the ledger."""

    id: str
    clinic: str
    program: str
    program_name: str = ""
    kind: SessionKind
    own_kind: str | None = None
    """The id of the clinic's own kind, which counts as `kind`; `own_kind_name` is what the clinic calls it."""
    own_kind_name: str | None = None
    title: str
    timezone: str
    starts: datetime
    ends: datetime
    blocks: tuple[Block, ...] = ()
    breaks: tuple[Span, ...] = ()
    parent: str | None = None
    pull_out: bool = False
    policy: PolicyReference
    revision: int = 1
    started: bool = False
    ended: bool = False
    room_open: bool = False
    cancelled: bool = False
    """Whether a cancellation is in force, according to the ledger and the session's record."""
    extended_to: datetime | None = None
    """The end to which staff extended the session, from the ledger; acts after the end do not count."""

    @property
    def window_ends(self) -> datetime:
        """The current end of the window: as extended, else as scheduled."""
        return self.extended_to or self.ends
