"""A clinic for measurements: one facilitator, many clients with personal links, sessions that are on now."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from domain.access.links import JoinLink
from domain.events.schedule import PolicyReference
from domain.people.persons import Person
from domain.programs.enrolments import Enrolment
from domain.programs.phases import Phase, Requirement
from domain.programs.programs import Program
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from runtime import policies
from runtime.clock import new_id, now
from runtime.secrets import random_secrets
from server.schedule import planning as schedule
from store.access import join_links
from store.database import Database, Transaction
from store.people import clinics, persons
from store.people.clinics import Clinic as ClinicRow
from store.programs import enrolments, phases, programs

ZONE = "America/New_York"
LENGTH = timedelta(hours=3)


class Client(msgspec.Struct, frozen=True):
    """A client, and the secret of their personal link."""

    person: str
    link: str


class Clinic(msgspec.Struct, frozen=True, kw_only=True):
    """The clinic's ids."""

    id: str
    program: str
    policy: PolicyReference
    facilitator: str
    clients: Sequence[Client]


async def found(database: Database, clients: int) -> Clinic:
    """A clinic with one program and `clients` enrolled clients."""
    _, policy = policies.load("evening-sud", 1)
    async with database.transaction() as tx:
        clinic = ClinicRow(id=new_id(), name="Bench", timezone=ZONE)
        await clinics.create(tx, clinic)
        program = Program(
            id=new_id(), name="Evening", timezone=ZONE, week_start="sunday", policy_id=policy.id,
            policy_version=policy.version,
        )  # fmt: skip
        await programs.create(tx, clinic.id, program)
        nine_hours = Requirement(from_on=date(2024, 1, 1), required_s=32_400, days_per_week=3)
        phase = Phase(id=new_id(), program=program.id, position=1, name="Phase 1", requirements=(nine_hours,))
        await phases.create(tx, clinic.id, phase)
        facilitator = await _person(tx, clinic.id)
        made = [await _client(tx, clinic.id, phase) for _ in range(clients)]
    return Clinic(id=clinic.id, program=program.id, policy=policy, facilitator=facilitator, clients=made)


async def plan(database: Database, clinic: Clinic, groups: Sequence[Sequence[Client]]) -> list[str]:
    """A session that begins now for each group of clients; returns their ids."""
    return [await _planned(database, clinic, group) for group in groups]


async def _planned(database: Database, clinic: Clinic, group: Sequence[Client]) -> str:
    starts = now().replace(microsecond=0)
    session = Session(
        id=new_id(), clinic=clinic.id, program=clinic.program, kind="group", title="", timezone=ZONE, starts=starts,
        ends=starts + LENGTH, policy=clinic.policy,
    )  # fmt: skip
    places = [RosterPlace(person=clinic.facilitator, role="facilitator")]
    places += [RosterPlace(person=client.person, role="client") for client in group]
    async with database.transaction() as tx:
        await schedule.create(tx, session, places, starts - timedelta(days=1))
    return session.id


async def _person(tx: Transaction, clinic: str) -> str:
    person = Person(id=new_id(), display_name="Somebody", email=None, external_id=None, staff_roles=())
    await persons.create(tx, clinic, person)
    return person.id


async def _client(tx: Transaction, clinic: str, phase: Phase) -> Client:
    person, secret = await _person(tx, clinic), random_secrets.new()
    enrolment = Enrolment(
        id=new_id(), program=phase.program, client=person, starts_on=date(2024, 1, 1), ends_on=None,
        phase=phase.id,
    )  # fmt: skip
    await enrolments.create(tx, clinic, enrolment)
    link = JoinLink(
        id=new_id(), clinic=clinic, person=person, enrolment=enrolment.id, created_at=now(),
        expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    await join_links.create(tx, link, random_secrets.digest(secret))
    return Client(person, secret)
