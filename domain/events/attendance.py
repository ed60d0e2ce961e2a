"""Facts about absences and corrections: what people decide about a minute later."""

from typing import Literal

import msgspec

from domain.events.fact import Event, Instant


class AbsenceAnnounced(Event, frozen=True):
    """A client announced that they cannot come. It changes no record: the session counts as held if it takes place."""

    person: str
    notice_at: Instant | None = None
    """When the client said so."""
    by: str | None = None
    reason: str = ""


class AbsenceExcused(Event, frozen=True):
    """Staff excused a no-show. The status stays; record and statement show the excuse beside it."""

    person: str
    notice_at: Instant | None = None
    by: str | None = None
    reason: str = ""


class AbsenceUnexcused(Event, frozen=True):
    """Staff withdrew an excuse."""

    person: str
    by: str | None = None
    reason: str = ""


class AttendanceCorrected(Event, frozen=True):
    """Staff added or removed presence, with a maker and an approver. It never alters an event.

    `reason` is a code or a reference id, not prose: the text is in the correction's own record.
    """

    person: str
    op: Literal["add", "remove"]
    start: Instant = msgspec.field(name="from")
    end: Instant = msgspec.field(name="to")
    reason: str = ""
    by: str | None = None
    approved_by: str | None = None


AbsenceEvent = AbsenceAnnounced | AbsenceExcused | AbsenceUnexcused
