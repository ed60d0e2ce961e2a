"""The demo clinic's way: inquiries in every state, a wait list whose clocks run, a leave and a discharge."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.programs.acts import Act, ActKind, replay
from domain.way.inquiries import Inquiry, Priority, Step, StepKind, Urgency, state_of
from runtime.clock import new_id
from server.demo import clinic as demo_clinic
from server.programs import admissions
from store.database import Transaction
from store.people import persons
from store.people.clinics import Clinic
from store.programs import acts, enrolments, programs
from store.way import inquiries

ADMITTED_BEFORE = timedelta(days=30)
"""How long before the demo was made its clients were admitted."""


class Caller(msgspec.Struct, frozen=True):
    """Somebody who asked some hours ago, and the steps since."""

    name: str
    reach: str
    hours: int
    steps: tuple[StepKind, ...] = ()
    priorities: tuple[Priority, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    heard: str = ""
    reason: str = ""


CALLERS = (
    Caller("Ines Duarte", "(555) 010-0110", 2, urgencies=("court_date",), heard="Her lawyer"),
    Caller("Otto Brandvold", "(555) 010-0111", 20, ("screened",), heard="A friend who was here"),
    Caller("Lucia Pemberton", "lucia@mail.example", 26, ("screened", "intake_planned")),
    Caller("Ferris Oduya", "(555) 010-0112", 50, ("screened", "assessed"), urgencies=("withdrawal",)),
    Caller("Tamsin Vale", "(555) 010-0113", 75, ("screened", "assessed", "wait_listed"), ("injects",)),
    Caller("Rosa Lindgren", "(555) 010-0114", 30, ("screened", "assessed", "wait_listed", "interim"), ("pregnant",)),
    Caller("Walter Oyelaran", "(555) 010-0115", 200, ("screened", "assessed", "wait_listed")),
    Caller("Bea Castellane", "(555) 010-0116", 300, ("screened", "referred", "arrived"), reason="withdrawal"),
    Caller("Hugo Rasmus", "(555) 010-0117", 400, ("declined",), reason="no_answer"),
)
AWAY: tuple[tuple[str, ActKind, str], ...] = (
    ("Ivo Strand", "leave", "hospital"), ("Priya Castellan", "discharged", "completed"),
)  # fmt: skip
"""Clients of the days program who are not in it now, and why."""


async def show(tx: Transaction, clinic: Clinic, now: datetime) -> None:
    """Add everything to a clinic that was just made."""
    ruth = await persons.with_email(tx, demo_clinic.STAFF["ruth"].email)
    evening = next(one for one in await programs.of_clinic(tx, clinic.id) if one.name == demo_clinic.EVENING.name)
    for caller in CALLERS:
        await _asks(tx, clinic, evening.id, caller, (ruth.person if ruth else "", now))
    await _go_away(tx, clinic, ruth.person if ruth else None, now)


async def _asks(tx: Transaction, clinic: Clinic, program: str, caller: Caller, written: tuple[str, datetime]) -> None:
    by, now = written
    asked = now - timedelta(hours=caller.hours)
    steps = _steps(caller, asked, by)
    inquiry = Inquiry(
        id=new_id(),
        program=program,
        name=caller.name,
        reach=caller.reach,
        may_leave_message=True,
        heard=caller.heard,
        urgencies=caller.urgencies,
        priorities=caller.priorities,
        asked_at=asked,
        state=state_of(steps),
    )
    await inquiries.create(tx, clinic.id, inquiry)
    for step in steps:
        await inquiries.append(tx, clinic.id, inquiry.id, step)


def _steps(caller: Caller, asked: datetime, by: str) -> Sequence[Step]:
    """The steps, some minutes apart."""
    day = asked.astimezone(ZoneInfo(demo_clinic.TIMEZONE)).date()
    codes = {"reason": caller.reason} if caller.reason else {}
    return [
        Step(
            id=new_id(),
            kind=kind,
            on=day,
            at=asked + timedelta(minutes=15 * number),
            by=by,
            codes=codes if kind in ("referred", "declined") else {},
        )
        for number, kind in enumerate(("asked", *caller.steps))
    ]


async def _go_away(tx: Transaction, clinic: Clinic, by: str | None, now: datetime) -> None:
    """Grant a leave and discharge somebody, three days ago."""
    today = now.astimezone(ZoneInfo(clinic.timezone)).date()
    everybody = await enrolments.after(tx, clinic.id, None, 100)
    people = await persons.of_ids(tx, clinic.id, [one.client for one in everybody])
    for name, kind, reason in AWAY:
        enrolment = next(one for one in everybody if people[one.client].display_name == name)
        act = Act(
            id=new_id(),
            enrolment=enrolment.id,
            kind=kind,
            from_on=today - timedelta(days=3),
            number=0,
            reason=reason,
            by=by,
            recorded_at=now,
        )
        recorded = await acts.record(tx, clinic.id, act)
        days = replay(await acts.of_enrolment(tx, clinic.id, enrolment.id))
        await enrolments.follow(tx, clinic.id, enrolment.id, days, today)
        await admissions.append(tx, clinic.id, enrolment, recorded)
