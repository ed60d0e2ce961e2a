"""The attendance page of one session."""

from datetime import date

from domain.attendance.records import Outcome, Status
from domain.events.fact import Instant
from server.http.payloads import View
from server.schedule.payloads import Session


class DerivationSpan(View, frozen=True, kw_only=True):
    """A span of the window with its one reason, the facts behind it, and how its edges are known."""

    start: Instant
    end: Instant
    seconds: int
    reason: str
    sentence: str
    """The reason in words, with its numbers, for people."""
    events: tuple[str, ...]
    start_known_by: str
    start_bound_s: int
    end_known_by: str
    end_bound_s: int


class ClientRecord(View, frozen=True, kw_only=True):
    person: str
    name: str
    connected_s: int
    credited_s: int
    billable_s: int
    status: Status | None
    """None until the session is over."""
    excused: bool
    """Staff excused this no-show."""
    late_s: int | None
    late: bool
    holds: tuple[str, ...]
    flags: tuple[str, ...]
    units: dict[str, int]
    derivation: tuple[DerivationSpan, ...]
    week_credited_s: int
    """In the session's week and program, this session included."""
    week_required_s: int | None


class Attendance(View, frozen=True, kw_only=True):
    """The attendance page of one session."""

    session: Session
    service_date: date
    net_s: int
    facilitator_gap_s: int
    participant_count: int
    outcome: Outcome | None
    """The session's outcome; None until it is over."""
    flags: tuple[str, ...]
    """What staff should check in the session."""
    final: bool
    through_position: int
    policy_id: str
    policy_version: int
    clients: tuple[ClientRecord, ...]
    set_aside: bool = False
    """Whether something in the session's record cannot be read; these are then the numbers from before."""
    neighbour_set_aside: bool = False
    """Whether this holds for an overlapping session: seconds may still move between the two."""
    facts_set_aside: int = 0
    """The number of this room's facts that could not be stored; the record lacks them."""
