"""Weeks begin on the program's weekday in its time zone; a session belongs to the week in which it began."""

from datetime import date, timedelta
from typing import get_args

import msgspec

from domain.instants import local_midnight
from domain.policy import Weekday

_DAYS: tuple[Weekday, ...] = get_args(Weekday)
_SEVEN = timedelta(days=7)


class Week(msgspec.Struct, frozen=True):
    """Seven local days from `first_day` on: 168 hours, or 167 or 169 when the clocks change."""

    first_day: date
    timezone: str

    @property
    def start(self) -> int:
        """The second in which the week begins."""
        return local_midnight(self.first_day, self.timezone)

    @property
    def end(self) -> int:
        """The second in which the next week begins."""
        return local_midnight(self.first_day + _SEVEN, self.timezone)

    def holds(self, service_date: date) -> bool:
        """Whether a session on that service date belongs to the week."""
        return self.first_day <= service_date < self.first_day + _SEVEN


def weekday(day: date) -> Weekday:
    """The name of the day of the week."""
    return _DAYS[day.weekday()]


def first_day(service_date: date, week_start: Weekday) -> date:
    """The first day of the week that contains a service date."""
    return service_date - timedelta(days=(service_date.weekday() - _DAYS.index(week_start)) % 7)
