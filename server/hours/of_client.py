"""A client's hours and sessions, as staff see them on the client's page."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.errors import NotFound
from domain.people.roles import may
from domain.programs.programs import Program
from domain.weeks import first_day
from server.hours.payloads import AttendedRow, AttendedRows, ClientHours, ClientWeek, ProgramHours
from server.hours.weeks import Standing, counted
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.people.clients import views
from server.programs.stays import of_clients
from store.attendance import client_records
from store.attendance import records as kept
from store.database import Transaction
from store.programs import enrolments, programs

WEEKS = 12
"""How many weeks are shown, this one included."""
MOST = 100
"""The most sessions that are shown."""


async def show_hours(call: Call[None]) -> ClientHours:
    """The client's last weeks in each of their programs, against what their phase required."""
    clinic = call.staff.clinic
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        found = await enrolments.of_client(tx, clinic, client.id)
        theirs = list(dict.fromkeys(enrolment.program for enrolment in found))
        return ClientHours(programs=tuple([await _program(tx, call, client.id, program) for program in theirs]))


async def _program(tx: Transaction, call: Call[Any], client: str, id: str) -> ProgramHours:
    program = await programs.find(tx, call.staff.clinic, id)
    if program is None:
        raise NotFound
    stays = (await of_clients(tx, call.staff.clinic, id, [client])).get(client, [])
    standing = Standing(program=program, stays=stays)
    weeks = [await _week(tx, call, client, standing, first) for first in _first_days(call, program)]
    return ProgramHours(program=id, program_name=program.name, weeks=tuple(weeks))


def _first_days(call: Call[Any], program: Program) -> list[date]:
    this_week = first_day(call.now.astimezone(ZoneInfo(program.timezone)).date(), program.week_start)
    return [this_week - timedelta(weeks=before) for before in reversed(range(WEEKS))]


async def _week(tx: Transaction, call: Call[Any], client: str, standing: Standing, first: date) -> ClientWeek:
    clinic, program = call.staff.clinic, standing.program.id
    week = await counted(tx, kept.ClientWeek(clinic=clinic, program=program, client=client, week=first), standing)
    return ClientWeek(
        first_day=first,
        credited_s=week.credited_s,
        days=week.days,
        required_s=week.required.required_s if week.required else None,
        required_days=week.required.days_per_week if week.required else None,
    )


async def list_attended(call: Call[None]) -> AttendedRows:
    """The client's sessions that the caller may see, the latest first."""
    staff = call.staff
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        seen_by = None if may(staff.roles, "sessions.see_all") else staff.person
        found = await client_records.latest(tx, staff.clinic, client.id, seen_by, MOST + 1)
    return AttendedRows(items=tuple(AttendedRow(**row) for row in found[:MOST]), more=len(found) > MOST)


ROUTES = (
    Route(
        method="GET",
        path="/api/clients/{client}/hours",
        handler=show_hours,
        who=Staff("hours.see"),
        audited=True,
        response=ClientHours,
    ),
    Route(
        method="GET",
        path="/api/clients/{client}/sessions",
        handler=list_attended,
        who=Staff("hours.see"),
        audited=True,
        response=AttendedRows,
    ),
)
