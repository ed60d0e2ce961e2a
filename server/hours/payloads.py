"""What clients see of their own hours."""

from datetime import date

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
