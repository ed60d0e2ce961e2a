"""Sessions as staff see them: the schedule, and how far each has come. The arithmetic does not read it."""

from datetime import datetime
from typing import Literal

import msgspec

from domain.events.fact import Span
from domain.events.schedule import Block, PolicyReference, SessionKind

SessionPhase = Literal["planned", "open", "live", "ended", "cancelled"]
"""`open`: somebody is in the lobby; `live`: started by staff."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One session of the schedule. `started`, `ended` and `room_open` say how far it has come, as the ledger knows."""

    id: str
    clinic: str
    program: str
    program_name: str = ""
    kind: SessionKind
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
    """Whether a cancellation stands that counts, as far as the ledger and the session's record say."""
    extended_to: datetime | None = None
    """To when staff moved the end, as the ledger knows; what they did after the end does not count."""

    @property
    def window_ends(self) -> datetime:
        """The end of the window as it stands: scheduled, or as extended."""
        return self.extended_to or self.ends
