"""Clients' weeks so far: the seconds credited, this session included, and those that the phase requires."""

import msgspec

from domain.hours.totals import AttendedSession, totals
from domain.programs.phases import Requirement, requirement_of
from domain.projection.gathering import Projection
from domain.weeks import Week, weekday
from server.programs.stays import of_clients
from store.attendance import records
from store.attendance.records import ClientWeek
from store.database import Transaction


class WeekSoFar(msgspec.Struct, frozen=True):
    """Seconds credited in kinds that count, and seconds required; None when no phase requires any."""

    credited_s: int
    required_s: int | None


async def so_far(tx: Transaction, shown: Projection, timezone: str) -> dict[str, WeekSoFar]:
    """Each client's week that the session counts in, from the kept records of other sessions and this one as shown."""
    clients = list(shown.record.clients)
    stays = {} if shown.program is None else await of_clients(tx, shown.clinic, shown.program, clients)
    week = Week(shown.week, timezone)
    return {
        client: await _week(tx, shown, client, requirement_of(stays.get(client, []), week))
        for client in shown.record.clients
    }


async def _week(tx: Transaction, shown: Projection, client: str, required: Requirement | None) -> WeekSoFar:
    attended = [*await _elsewhere(tx, shown, client), _attended(shown, client)]
    by_kind = totals(attended, weekday(shown.week))
    credited_s = sum(
        total.credited_s for key, total in by_kind.items() if required is None or required.counts(key.kind)
    )
    return WeekSoFar(credited_s, None if required is None else required.required_s)


async def _elsewhere(tx: Transaction, shown: Projection, client: str) -> list[AttendedSession]:
    if shown.program is None:
        return []
    week = ClientWeek(clinic=shown.clinic, program=shown.program, client=client, week=shown.week)
    return [
        AttendedSession(client=client, service_date=one.service_date, blocks=one.record.blocks)
        for one in await records.of_week(tx, week)
        if one.session != shown.session
    ]


def _attended(shown: Projection, client: str) -> AttendedSession:
    record = shown.record
    return AttendedSession(client=client, service_date=record.service_date, blocks=record.clients[client].blocks)
