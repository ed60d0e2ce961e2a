"""What clients see of their own hours, and staff of a client's."""

from datetime import date

from domain.attendance.records import Status
from domain.events.fact import Instant
from domain.events.schedule import SessionKind
from server.http.payloads import Body, Secret, View


class ShowMyHours(Body, frozen=True, kw_only=True):
    link: Secret


class MyAttendedSession(View, frozen=True, kw_only=True):
    id: str
    title: str
    kind: SessionKind
    starts: Instant
    timezone: str
    credited_s: int


class MyWeek(View, frozen=True, kw_only=True):
    """A week: seconds credited in kinds that count, and those that the phase requires; null when none does."""

    first_day: date
    credited_s: int
    days: int
    """Days with credit in kinds that count."""
    required_s: int | None
    required_days: int | None
    sessions: tuple[MyAttendedSession, ...]


class MyHours(View, frozen=True, kw_only=True):
    """The link holder's own weeks, this one first. A session counts once its attendance is computed."""

    program_name: str
    phase_name: str | None
    weeks: tuple[MyWeek, ...]


class ClientWeek(View, frozen=True, kw_only=True):
    """A week in a program: seconds credited in kinds that count, against what the phase requires; null if none does."""

    first_day: date
    credited_s: int
    days: int
    required_s: int | None
    required_days: int | None


class ProgramHours(View, frozen=True, kw_only=True):
    """A client's last weeks in a program, the earliest first."""

    program: str
    program_name: str
    weeks: tuple[ClientWeek, ...]


class ClientHours(View, frozen=True, kw_only=True):
    programs: tuple[ProgramHours, ...]


class AttendedRow(View, frozen=True, kw_only=True):
    """A session of a client's, with what came of it for them; `status` is null until it is over."""

    session: str
    title: str
    kind: SessionKind
    program_name: str | None
    starts: Instant
    timezone: str
    status: Status | None
    connected_s: int
    credited_s: int


class AttendedRows(View, frozen=True, kw_only=True):
    """The latest first. `more`: there were earlier ones."""

    items: tuple[AttendedRow, ...]
    more: bool
