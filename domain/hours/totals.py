"""Hours: a client's seconds by week and by kind of service."""

from collections.abc import Iterable
from datetime import date

import msgspec

from domain.attendance.records import BlockCredit
from domain.events.schedule import SessionKind
from domain.policy import Weekday
from domain.weeks import first_day


class AttendedSession(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a client's record in one session that hour totals need."""

    client: str
    service_date: date
    blocks: tuple[BlockCredit, ...]


class TotalKey(msgspec.Struct, frozen=True, order=True):
    """The client, week and kind of an hour total. `week` is the week's first day."""

    client: str
    week: date
    kind: SessionKind


class HourTotal(msgspec.Struct, frozen=True):
    """Seconds, and the number of sessions that credited them."""

    credited_s: int
    billable_s: int
    sessions: int


def totals(attended: Iterable[AttendedSession], week_start: Weekday) -> dict[TotalKey, HourTotal]:
    """Totals by client, week and kind, sorted by key; kinds without a credited second are left out."""
    sums: dict[TotalKey, HourTotal] = {}
    for one in attended:
        week = first_day(one.service_date, week_start)
        for kind, seconds in _by_kind(one.blocks).items():
            key = TotalKey(one.client, week, kind)
            sums[key] = _plus(sums.get(key), seconds)
    return dict(sorted(sums.items()))


def _by_kind(blocks: Iterable[BlockCredit]) -> dict[SessionKind, HourTotal]:
    """One session's totals by kind; two blocks of a kind count as one session."""
    by_kind: dict[SessionKind, HourTotal] = {}
    for block in blocks:
        if block.credited_s:
            before = by_kind.get(block.kind, HourTotal(0, 0, 1))
            credited_s, billable_s = before.credited_s + block.credited_s, before.billable_s + block.billable_s
            by_kind[block.kind] = HourTotal(credited_s, billable_s, 1)
    return by_kind


def _plus(before: HourTotal | None, more: HourTotal) -> HourTotal:
    if before is None:
        return more
    return HourTotal(
        before.credited_s + more.credited_s, before.billable_s + more.billable_s, before.sessions + more.sessions
    )
