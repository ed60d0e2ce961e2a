"""Clients' weeks so far: the seconds credited, this session included, and those that the enrolment requires."""

import msgspec

from domain.hours.totals import AttendedSession, totals
from domain.programs.phases import Phase, phase_of
from domain.projection.gathering import Projection
from domain.weeks import Week, weekday
from store.attendance import records
from store.attendance.records import ClientWeek
from store.database import Transaction
from store.programs import enrolments


class WeekSoFar(msgspec.Struct, frozen=True):
    """Seconds credited in the week, and seconds required; None when no enrolment requires any."""

    credited_s: int
    required_s: int | None


async def so_far(tx: Transaction, shown: Projection, timezone: str) -> dict[str, WeekSoFar]:
    """Each client's week that the session counts in, from the kept records of other sessions and this one as shown."""
    phases = await _phases(tx, shown)
    week = Week(shown.week, timezone)
    return {
        client: await _week(tx, shown, client, phase_of(phases.get(client, []), week))
        for client in shown.record.clients
    }


async def _phases(tx: Transaction, shown: Projection) -> dict[str, list[Phase]]:
    if shown.program is None:
        return {}
    phases: dict[str, list[Phase]] = {}
    for enrolment in await enrolments.of_clients(tx, shown.clinic, shown.program, list(shown.record.clients)):
        phase = Phase(
            name=enrolment.phase,
            starts_on=enrolment.starts_on,
            ends_on=enrolment.ends_on,
            required_s=enrolment.required_s,
            days=enrolment.days_per_week,
        )
        phases.setdefault(enrolment.client, []).append(phase)
    return phases


async def _week(tx: Transaction, shown: Projection, client: str, phase: Phase | None) -> WeekSoFar:
    attended = [*await _elsewhere(tx, shown, client), _attended(shown, client)]
    by_kind = totals(attended, weekday(shown.week))
    credited_s = sum(total.credited_s for key, total in by_kind.items() if phase is None or phase.counts(key.kind))
    return WeekSoFar(credited_s, None if phase is None else phase.required_s)


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
