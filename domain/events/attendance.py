"""Facts about absences and corrections: what people decide about a minute afterwards."""

from typing import Literal

import msgspec

from domain.events.fact import Event, Instant


class AbsenceAnnounced(Event, frozen=True):
    """A client said beforehand that they cannot come. It changes no record: a session that takes place is held."""

    person: str
    notice_at: Instant | None = None
    """When the client said so."""
    by: str | None = None
    reason: str = ""


class AbsenceExcused(Event, frozen=True):
    """Staff excused a no-show; record and statement say so beside the status."""

    person: str
    notice_at: Instant | None = None
    by: str | None = None
    reason: str = ""


class AbsenceUnexcused(Event, frozen=True):
    """Staff took an excuse back."""

    person: str
    by: str | None = None
    reason: str = ""


class AttendanceCorrected(Event, frozen=True):
    """Staff added or removed presence, with a maker and an approver; it never alters an event.

    `reason` is a code or a reference id, not prose: the words stand in the correction's own record.
    """

    person: str
    op: Literal["add", "remove"]
    start: Instant = msgspec.field(name="from")
    end: Instant = msgspec.field(name="to")
    reason: str = ""
    by: str | None = None
    approved_by: str | None = None


AbsenceEvent = AbsenceAnnounced | AbsenceExcused | AbsenceUnexcused
