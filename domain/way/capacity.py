"""How full a program is: what an admission beyond its places says, and the report that block grants ask for."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

CAPACITY_PERCENT = 90
CAPACITY_REPORT = timedelta(days=7)
"""Block-grant programs report when this share of their capacity is reached, within this time (45 CFR 96.126)."""

Days = tuple[date, date | None]
"""The first and the last day of an enrolment; None: until further notice."""
_DAY = timedelta(days=1)


class Beyond(msgspec.Struct, frozen=True, kw_only=True):
    """More clients than places on a day. It warns, and refuses nothing: who is admitted is for people to decide."""

    clients: int
    capacity: int
    on: date


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """A program that has reached the share at which it reports: since when, and by which day."""

    program: str
    program_name: str
    clients: int
    capacity: int
    reached_on: date
    report_by: date
    overdue: bool


def beyond(clients: int, capacity: int | None, on: date) -> Beyond | None:
    """The warning for so many clients on that day; None while there are places for them."""
    if capacity is None or clients <= capacity:
        return None
    return Beyond(clients=clients, capacity=capacity, on=on)


def reached_on(enrolled: Sequence[Days], capacity: int, today: date) -> date | None:
    """The first day of the time, which still runs, in which the share has been reached; None if it is not."""
    edges = sorted({day for day in _edges(enrolled) if day <= today}, reverse=True)
    reached = None
    for day in edges:
        if 100 * count(enrolled, day) < CAPACITY_PERCENT * capacity:
            break
        reached = day
    return reached


def count(enrolled: Iterable[Days], day: date) -> int:
    """How many are enrolled on that day."""
    return sum(first <= day and (last is None or day <= last) for first, last in enrolled)


def _edges(enrolled: Iterable[Days]) -> Iterable[date]:
    for first, last in enrolled:
        yield first
        if last is not None:
            yield last + _DAY
