"""What a change of a client's days brings with it: rosters, past sessions, weeks, and the door."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from domain.access.door import OPEN_TO_PROGRAM
from domain.instants import instant, local_date, local_midnight, second
from domain.programs.acts import Stretch, standing, stays_of
from domain.programs.enrolments import Enrolment
from domain.programs.phases import Phase, Requirement, requirement_of
from domain.programs.programs import Program
from domain.schedule.rosters import RosterPlace
from domain.way.capacity import Beyond, beyond
from domain.weeks import Week, first_day
from server.schedule import planning
from server.way.payloads import DoorChange, Effects, WeekChange
from store.attendance import client_records
from store.chart import notes
from store.database import Transaction
from store.programs import programs
from store.schedule import rosters, sessions
from store.schedule.rosters import Enrolled, GroupPlace

WEEKS_COMPARED = 8
"""How many weeks from the first changed day on are compared: a phase counts from the next whole week on."""
GROUPS = sorted(OPEN_TO_PROGRAM)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolment whose days change: from these stretches to those, decided by somebody now."""

    clinic: str
    enrolment: Enrolment
    program: Program
    phases: Mapping[str, Phase]
    before: Sequence[Stretch]
    after: Sequence[Stretch]
    by: str
    now: datetime

    @property
    def today(self) -> date:
        """The day, by the calendar of the program."""
        return local_date(second(self.now), self.program.timezone)

    @property
    def first(self) -> date | None:
        """The first day that changes; None if none does."""
        edges = {stretch.starts_on for stretch in (*self.before, *self.after)}
        return next((day for day in sorted(edges) if _on(self.before, day) != _on(self.after, day)), None)

    @property
    def touches_tonight(self) -> bool:
        """Whether it changes a day for which somebody can hold a ticket or a resume now."""
        near = [self.today + n * _DAY for n in (-1, 0, 1)]
        return any(is_open(self.before, day) != is_open(self.after, day) for day in near)

    def required(self, days: Sequence[Stretch], week: date) -> Requirement | None:
        """What the week is measured against if these are the client's days."""
        return requirement_of(stays_of(days, self.phases), Week(week, self.program.timezone))

    def moves(self, week: date) -> bool:
        """Whether the week is measured against something else."""
        return self.required(self.before, week) != self.required(self.after, week)


def is_open(days: Sequence[Stretch], day: date) -> bool:
    """Whether groups of that day are open to the client."""
    return standing(days, day) == "present"


def has_place(days: Sequence[Stretch], day: date) -> bool:
    """Whether the client takes one of the program's places on that day; leave keeps it."""
    return standing(days, day) in {"present", "on_leave"}


async def carry_out(tx: Transaction, change: Change) -> Effects:
    """Bring rosters in line with the new days, and say what changed. Call it last in the transaction."""
    first = change.first
    if first is None:
        return Effects()
    clinic, program, person = change.clinic, change.program, change.enrolment.client
    client = Enrolled(clinic=clinic, person=person, program=program.id)
    records = await client_records.since(tx, clinic, program.id, person, first)
    places = await rosters.group_places(tx, client, GROUPS, instant(local_midnight(first, program.timezone)))
    came = {record.session for record in records if record.connected_s}
    moved = [place for place in places if place.session not in came and _moves(change, place)]
    for place in moved:
        await _replan(tx, change, place)
    ahead = [place for place in moved if place.starts > change.now]
    restated = {place.session for place in moved if place.starts <= change.now}
    restated |= {record.session for record in records if change.moves(record.week)}
    closes = any(not place.paused for place in ahead) or not is_open(change.after, change.today)
    return Effects(
        restates=len(restated),
        groups_left=sum(not place.paused for place in ahead),
        groups_rejoined=sum(place.paused for place in ahead),
        still_invited=await rosters.count_by_name(tx, client, GROUPS, change.now) if closes else 0,
        week=_week(change, first),
        door=_door(change),
        unsigned_notes=await notes.count_unsigned(tx, clinic, person) if closes else 0,
        beyond=await _beyond(tx, change, first),
    )


async def _beyond(tx: Transaction, change: Change, first: date) -> Beyond | None:
    """Whether the program has too few places from that day on, if the client then comes in."""
    if has_place(change.before, first) or not has_place(change.after, first):
        return None
    enrolled = await programs.enrolled_on(tx, change.clinic, change.program.id, first)
    return beyond(sum(enrolled.values()), change.program.capacity, first)


def _moves(change: Change, place: GroupPlace) -> bool:
    """Whether the place must be emptied, or can be filled again."""
    return place.paused == is_open(change.after, local_date(second(place.starts), place.timezone))


async def _replan(tx: Transaction, change: Change, place: GroupPlace) -> None:
    clinic, person = change.clinic, change.enrolment.client
    await sessions.lock(tx, clinic, place.session)
    session = await sessions.find(tx, clinic, place.session)
    if session is None:
        return
    roster = (await rosters.of_sessions(tx, clinic, [session.id]))[session.id]
    others = [one for one in roster if one.person != person]
    if place.paused:
        await rosters.resume(tx, clinic, person, session.id)
        others.append(RosterPlace(person=person, role="client", enrolment=place.enrolment))
    else:
        await rosters.pause(tx, clinic, person, place)
    await planning.replace_roster(tx, session, others, change.now, change.by)


def _week(change: Change, first: date) -> WeekChange | None:
    start = first_day(first, change.program.week_start)
    week = next((week for n in range(WEEKS_COMPARED) if change.moves(week := start + n * _WEEK)), None)
    if week is None:
        return None
    before, after = change.required(change.before, week), change.required(change.after, week)
    return WeekChange(
        first_day=week,
        before_s=None if before is None else before.required_s,
        before_days=None if before is None else before.days_per_week,
        after_s=None if after is None else after.required_s,
        after_days=None if after is None else after.days_per_week,
    )


def _door(change: Change) -> DoorChange | None:
    """From today on: the first day whose groups are newly open or closed, and how long that holds."""
    edges = sorted({change.today, *(stretch.starts_on for stretch in (*change.before, *change.after))})
    ahead = [day for day in edges if day >= change.today]
    day = next((day for day in ahead if is_open(change.before, day) != is_open(change.after, day)), None)
    if day is None:
        return None
    opens = is_open(change.after, day)
    turn = next((later for later in ahead if later > day and is_open(change.after, later) != opens), None)
    return DoorChange(opens=opens, from_on=day, until=None if turn is None else turn - _DAY)


def _on(days: Sequence[Stretch], day: date) -> tuple[str, str | None]:
    held = next((stretch for stretch in days if stretch.holds(day)), None)
    return ("ahead", None) if held is None else (held.state, held.phase)
