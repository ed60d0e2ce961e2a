"""The demo clinic in the database: made once; each start fills up its schedule and renews its secrets."""

import contextlib
import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.access.links import JoinLink, address
from domain.events.schedule import MUTUAL_HELP
from domain.programs.acts import replay
from domain.programs.programs import Program
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from runtime import policies
from runtime.clock import new_id
from runtime.secrets import random_secrets
from runtime.secrets.passwords import Passwords
from runtime.settings import SeedSettings
from server.demo import clinic as demo_clinic
from server.demo import founding
from server.demo.clinic import DemoProgram
from server.schedule import planning
from store.access import api_tokens, join_links
from store.database import Database, Transaction
from store.people import clinics, passwords, persons
from store.people.clinics import Clinic
from store.programs import acts, enrolments, programs
from store.schedule import sessions

SCHEDULED = timedelta(days=14)
"""How far ahead the schedule is filled, in whole weeks from this week's Monday. The past is left out: its sessions
would be stated as no-shows."""
LINKS_SHOWN = 3
LINK_LIFE = timedelta(days=2)
GROUP_SIZE = 12
"""Clients on the roster of a group; further guests enter by their enrolment in the program."""
LEFT_OF_EVENING = timedelta(minutes=60)
"""A session counts as on when at least this much of it is left."""


class DemoLink(msgspec.Struct, frozen=True, kw_only=True):
    """A client's personal join link, good until the next start, for two days at most."""

    name: str
    url: str

    @property
    def secret(self) -> str:
        """The part behind the `#`, with which the holder requests tickets."""
        return self.url.partition("#")[2]


class DemoClinic(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor of the demo needs to know. The secrets are new at each start."""

    clinic: str
    session: str
    """The group that is on now."""
    email: str
    """The facilitator's. The four below sign in with the same password."""
    supervisor_email: str
    administrator_email: str
    biller_email: str
    auditor_email: str
    password: str
    links: tuple[DemoLink, ...]
    """Three clients of the evening program."""
    bot_links: tuple[DemoLink, ...]
    """Further clients of it, as many as were requested."""
    api_token: str


async def seed(database: Database, settings: SeedSettings, now: datetime, bots: int = 0) -> DemoClinic:
    """The demo clinic, made or brought up to date: sessions of two weeks, a group that is on now, and fresh
    secrets for its staff, three clients, `bots` further clients, and the billing system.

    Raises:
        DatabaseAway
    """
    password = secrets.token_urlsafe(12)
    with contextlib.closing(Passwords(settings.password_memory_kib)) as hashing:
        hash = await hashing.hash(password)
    async with database.transaction() as tx:
        clinic = await clinics.named(tx, demo_clinic.CLINIC) or await founding.found(tx, now)
        await _renew_password(tx, hash, now)
        clients = await _evening_clients(tx, clinic, LINKS_SHOWN + bots, now)
        links = tuple([await _new_link(tx, client, settings.public_origin, now) for client in clients])
        token = await _renew_token(tx, clinic, now)
        session = await _fill_schedule(tx, clinic, now)
    return DemoClinic(
        clinic=clinic.id,
        session=session,
        email=demo_clinic.STAFF["dana"].email,
        supervisor_email=demo_clinic.STAFF["ruth"].email,
        administrator_email=demo_clinic.STAFF["lena"].email,
        biller_email=demo_clinic.STAFF["noel"].email,
        auditor_email=demo_clinic.STAFF["avery"].email,
        password=password,
        links=links[:LINKS_SHOWN],
        bot_links=links[LINKS_SHOWN:],
        api_token=token,
    )


async def _renew_password(tx: Transaction, hash: str, now: datetime) -> None:
    for staff in demo_clinic.STAFF.values():
        if found := await persons.with_email(tx, staff.email):
            await passwords.replace(tx, found.clinic, found.person, hash, now)


class _Client(msgspec.Struct, frozen=True):
    clinic: str
    person: str
    name: str
    enrolment: str


async def _evening_clients(tx: Transaction, clinic: Clinic, wanted: int, now: datetime) -> list[_Client]:
    """`wanted` clients of the evening program; guests are enrolled when there are not enough."""
    program = await _program(tx, clinic, demo_clinic.EVENING)
    enrolled = await enrolments.after(tx, clinic.id, None, wanted, program.id)
    for number in range(len(enrolled) + 1, wanted + 1):
        enrolled.append(await founding.enrol(tx, clinic, program, f"Guest {number}", now))
    people = await persons.of_ids(tx, clinic.id, [enrolment.client for enrolment in enrolled])
    return [
        _Client(clinic.id, enrolment.client, people[enrolment.client].display_name, enrolment.id)
        for enrolment in enrolled
    ]


async def _new_link(tx: Transaction, client: _Client, public_origin: str, now: datetime) -> DemoLink:
    """A new link. Earlier links stay valid, so that a person in another window can return after a restart."""
    secret = random_secrets.new()
    link = JoinLink(
        id=new_id(),
        clinic=client.clinic,
        person=client.person,
        enrolment=client.enrolment,
        created_at=now,
        expires_at=now + LINK_LIFE,
    )
    await join_links.create(tx, link, random_secrets.digest(secret))
    return DemoLink(name=client.name, url=address(public_origin, secret))


async def _renew_token(tx: Transaction, clinic: Clinic, now: datetime) -> str:
    secret = random_secrets.new()
    token = api_tokens.ApiToken(
        id=new_id(),
        clinic=clinic.id,
        name=demo_clinic.BILLING_SYSTEM,
        scopes=("feed",),
        created_at=now,
        expires_at=None,
    )
    await api_tokens.revoke_named(tx, clinic.id, token.name, now)
    await api_tokens.create(tx, token, random_secrets.digest(secret))
    return secret


async def _fill_schedule(tx: Transaction, clinic: Clinic, now: datetime) -> str:
    """Plan missing sessions. Returns the id of the evening program's group that is on now."""
    monday = _monday(now)
    planned = await sessions.between(tx, clinic.id, now, monday + SCHEDULED)
    known = {(session.program, session.starts) for session in planned}
    for demo in (*demo_clinic.PROGRAMS, *demo_clinic.MEETINGS):
        program = await _program(tx, clinic, demo)
        for starts in demo.starts(monday.date(), SCHEDULED.days):
            if starts > now and (program.id, starts) not in known:
                await _plan_session(tx, clinic, demo, starts, now)
    evening = await _program(tx, clinic, demo_clinic.EVENING)
    on = [
        session.id
        for session in planned
        if session.program == evening.id and session.kind == "group" and _is_on(session, now)
    ]
    return on[0] if on else await _plan_session(tx, clinic, demo_clinic.ON_NOW, _just_begun(now), now)


async def _plan_session(tx: Transaction, clinic: Clinic, demo: DemoProgram, starts: datetime, now: datetime) -> str:
    program = await _program(tx, clinic, demo)
    plan = demo.plan(starts)
    _, policy = policies.load(program.policy_id, program.policy_version)
    session = Session(
        id=new_id(),
        clinic=clinic.id,
        program=program.id,
        kind=demo.kind,
        title=demo.title,
        timezone=program.timezone,
        starts=plan.starts,
        ends=plan.ends,
        blocks=plan.blocks,
        breaks=() if demo.kind == MUTUAL_HELP else plan.breaks,
        policy=policy,
    )
    places = [] if demo.kind == MUTUAL_HELP else await _places(tx, clinic, program, demo)
    await planning.create(tx, session, places, now)
    return session.id


async def _places(tx: Transaction, clinic: Clinic, program: Program, demo: DemoProgram) -> list[RosterPlace]:
    enrolled = await enrolments.after(tx, clinic.id, None, GROUP_SIZE, program.id)
    known = await acts.of_enrolments(tx, clinic.id, [one.id for one in enrolled])
    places = [
        RosterPlace(person=client.client, role="client", enrolment=client.id)
        for client in enrolled
        if replay(known[client.id])[-1].state == "present"
    ]
    for key, role in demo.roster_roles:
        if found := await persons.with_email(tx, demo_clinic.STAFF[key].email):
            places.append(RosterPlace(person=found.person, role=role))
    return places


async def _program(tx: Transaction, clinic: Clinic, demo: DemoProgram) -> Program:
    return next(program for program in await programs.of_clinic(tx, clinic.id) if program.name == demo.name)


def _monday(now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(demo_clinic.TIMEZONE))
    return local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=local.weekday())


def _is_on(session: Session, now: datetime) -> bool:
    return session.starts <= now and session.ends >= now + LEFT_OF_EVENING and not session.ended


def _just_begun(now: datetime) -> datetime:
    """`now`, rounded down to five minutes: recent enough that nobody who enters now is late."""
    return now.replace(second=0, microsecond=0) - timedelta(minutes=now.minute % 5)
