"""Facts that billing receives."""

from domain.events.fact import Event
from domain.events.schedule import PolicyReference


class AttendanceStated(Event, frozen=True):
    """A statement to billing about one client in one session. Never rebuilt: a change is a new version."""

    client: str
    version: int
    supersedes: str | None
    """The id of the statement this one replaces."""
    service_date: str
    status: str
    credited_s: int
    billable_s: int
    delta_credited_s: int
    delta_billable_s: int
    late_s: int | None
    participant_count: int
    holds: tuple[str, ...]
    units: dict[str, int]
    policy: PolicyReference
    incomplete: bool = False
    """True if it was stated 72 h after the end although some stream of the room never closed."""
    outcome: str | None = None
    """`held`, `cancelled` or `not_held`; None in statements of version 1, which lacked it."""
    excused: bool = False
    """Staff excused this no-show."""
    reinstated: bool = False
    """A no-show of a session that was cancelled and then reinstated: absence rules skip it."""
    cause: str | None = None
    """Why it was stated again without a new fact: `rule_changed`. None otherwise."""
