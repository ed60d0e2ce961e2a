"""A client's own hours: behind the personal link and an identity code."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.access.links import LinkHolder
from domain.errors import NotFound
from domain.programs.phases import Stay
from domain.schedule.sessions import Session
from domain.weeks import first_day
from server.access import identified
from server.access.join_links import link_holder
from server.hours.payloads import MyAttendedSession, MyHours, MyWeek, ShowMyHours
from server.hours.weeks import Standing, counted
from server.http.calls import Call
from server.http.routes import ANYONE, Route
from server.programs.stays import of_clients
from store.attendance.records import ClientWeek, WeekRecord
from store.database import Transaction
from store.programs import programs
from store.schedule import sessions

WEEKS = 4
"""How many weeks are shown, this one included."""


async def show_my_hours(call: Call[ShowMyHours]) -> MyHours:
    """The link holder's hours of this week and the three before, against what their phase requires."""
    holder = await link_holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        await identified.check(call, tx, holder)
        standing = await _standing(tx, holder)
        today = call.now.astimezone(ZoneInfo(standing.program.timezone)).date()
        this_week = first_day(today, standing.program.week_start)
        shown = [await _week(tx, holder, standing, this_week - timedelta(weeks=before)) for before in range(WEEKS)]
    return MyHours(
        program_name=holder.program_name,
        phase_name=_phase_on(standing.stays, today),
        weeks=tuple(shown),
    )


async def _standing(tx: Transaction, holder: LinkHolder) -> Standing:
    program = None if holder.program is None else await programs.find(tx, holder.clinic, holder.program)
    if program is None:
        raise NotFound("This link belongs to no program yet, so it shows no hours.")
    stays = await of_clients(tx, holder.clinic, program.id, [holder.person])
    return Standing(program=program, stays=stays.get(holder.person, []))


def _phase_on(stays: Sequence[Stay], today: date) -> str | None:
    current = [one for one in stays if one.starts_on <= today and (one.ends_on is None or today <= one.ends_on)]
    return max(current, key=lambda stay: stay.starts_on).phase.name if current else None


async def _week(tx: Transaction, holder: LinkHolder, standing: Standing, first: date) -> MyWeek:
    client_week = ClientWeek(clinic=holder.clinic, program=standing.program.id, client=holder.person, week=first)
    week = await counted(tx, client_week, standing)
    return MyWeek(
        first_day=first,
        credited_s=week.credited_s,
        days=week.days,
        required_s=week.required.required_s if week.required else None,
        required_days=week.required.days_per_week if week.required else None,
        sessions=tuple([await _session(tx, holder, one) for one in week.kept if _credited(one)]),
    )


def _credited(kept: WeekRecord) -> int:
    return sum(block.credited_s for block in kept.record.blocks)


async def _session(tx: Transaction, holder: LinkHolder, kept: WeekRecord) -> MyAttendedSession:
    session = await sessions.find(tx, holder.clinic, kept.session)
    assert session is not None  # its record was made from its plan  # noqa: S101
    return _view(session, _credited(kept))


def _view(session: Session, credited_s: int) -> MyAttendedSession:
    return MyAttendedSession(
        id=session.id,
        title=session.title,
        kind=session.kind,
        starts=session.starts,
        timezone=session.timezone,
        credited_s=credited_s,
    )


ROUTES = (
    Route(
        method="POST",
        path="/api/my-hours",
        handler=show_my_hours,
        who=ANYONE,
        audited=True,
        request=ShowMyHours,
        response=MyHours,
        reads=True,
    ),
)
