"""Programs of a clinic."""

import msgspec

from domain.policy import Weekday


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A program: its time zone, its week, and the attendance policy of its sessions."""

    id: str
    name: str
    timezone: str
    week_start: Weekday
    policy_id: str
    policy_version: int
