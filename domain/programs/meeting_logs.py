"""A client's own log of mutual-help meetings: what they write of themselves, and nothing of others."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from domain.errors import InvalidInput

MeetingKind = Literal["twelve_step", "secular", "faith", "other"]
MOST = 5_000
"""The most meetings in one log: two a day for seven years."""


class LoggedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting: when, of which kind, whether it was their home group, and whether they met their sponsor."""

    id: str
    met_on: date
    kind: MeetingKind
    home_group: bool
    sponsor: bool


def check_new(meeting: LoggedMeeting, log: Sequence[LoggedMeeting], today: date) -> None:
    """Refuse a meeting that has not been held yet, and one more than a log holds.

    Raises:
        InvalidInput
    """
    if meeting.met_on > today:
        raise InvalidInput("This day lies ahead. Write a meeting down once you have been there.", "$.met_on")
    if len(log) >= MOST:
        raise InvalidInput("This log is full. Remove old meetings first.", "$.met_on")
