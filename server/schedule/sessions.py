"""Sessions: administrators plan them; staff on the roster and overseers of the clinic see them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from domain.access import door
from domain.errors import Conflict, InvalidInput, NotFound, NotOnRoster
from domain.events.fact import Instant
from domain.events.schedule import MUTUAL_HELP, Block
from domain.instants import instant, local_date, local_midnight, second
from domain.people.licences import Missing
from domain.people.roles import may
from domain.programs.kinds import ClinicKind
from domain.programs.programs import policy_on
from domain.schedule import plans
from domain.schedule.plans import Plan
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from runtime import policies
from runtime.clock import new_id
from server.http.calls import Call, SignedIn
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.schedule import licensing, payloads, planning
from server.schedule.payloads import CreateSession, ReplaceRoster, RosterMember, SessionQuery
from server.schedule.rosters import checked_places
from store.database import Transaction
from store.programs import clinic_kinds, programs
from store.schedule import rosters, sessions

LONGEST_LIST = timedelta(days=93)


async def create_session(call: Call[CreateSession]) -> payloads.Session:
    """Plan a session, with its blocks, breaks and roster."""
    plan = _plan(call.asked)
    async with call.database.transaction() as tx:
        session = await _new_session(tx, call.asked, plan, call.staff.clinic)
        call.concerns(session.id, *(place.person for place in call.asked.roster))
        places = await checked_places(tx, session, call.asked.roster)
        warnings = await licensing.checked(tx, session, places)
        await planning.create(tx, session, places, call.now)
    return staff_view(session, places, call, warnings)


async def list_sessions(call: Call[SessionQuery]) -> Page[payloads.Session]:
    """Sessions in order of start; facilitators see those that they are on the roster of."""
    start, end = _span(call)
    only = None if may(call.staff.roles, "sessions.see_all") else call.staff.person
    async with call.database.transaction() as tx:
        found = await sessions.between(tx, call.staff.clinic, start, end, only)
        places = await rosters.of_sessions(tx, call.staff.clinic, [session.id for session in found])
    call.concerns(*(session.id for session in found))
    return Page(items=tuple(staff_view(session, places[session.id], call) for session in found), next=None)


async def show_session(call: Call[None]) -> payloads.Session:
    """One session with its roster."""
    async with call.database.transaction() as tx:
        session = await visible(tx, call.staff, call.ids["session"])
        places = await rosters.of_sessions(tx, session.clinic, [session.id])
        warnings = await licensing.missing(tx, session, places[session.id])
    return staff_view(session, places[session.id], call, warnings)


async def replace_roster(call: Call[ReplaceRoster]) -> payloads.Session:
    """Replace the whole roster. An edit of an older revision is a conflict."""
    clinic, id = call.staff.clinic, call.ids["session"]
    call.concerns(*(place.person for place in call.asked.roster))
    async with call.database.transaction() as tx:
        await sessions.lock(tx, clinic, id)
        session = await sessions.find(tx, clinic, id)
        if session is None:
            raise NotFound
        check_recorded(session)
        if session.revision != call.asked.revision:
            raise Conflict
        places = await checked_places(tx, session, call.asked.roster)
        warnings = await licensing.checked(tx, session, places)
        await planning.replace_roster(tx, session, places, call.now, call.staff.person)
    return staff_view(msgspec.structs.replace(session, revision=session.revision + 1), places, call, warnings)


async def visible(tx: Transaction, staff: SignedIn, id: str) -> Session:
    """The session of that id, if this member of staff may see it.

    Raises:
        NotFound: the clinic has no session with that id.
        NotOnRoster: they may not see every session and are not staff on the roster.
    """
    session = await sessions.find(tx, staff.clinic, id)
    if session is None:
        raise NotFound
    if session.kind == MUTUAL_HELP and door.host_role(staff.roles):
        return session
    roles = await rosters.roles_of(tx, staff.clinic, staff.person, [id])
    if not may(staff.roles, "sessions.see_all") and roles.get(id) in (None, "client"):
        raise NotOnRoster
    return session


async def recorded(tx: Transaction, staff: SignedIn, id: str) -> Session:
    """The session of that id, if this member of staff may see it and something is kept of it.

    Raises:
        NotFound, NotOnRoster
    """
    return check_recorded(await visible(tx, staff, id))


def check_recorded(session: Session) -> Session:
    """The same session, unless it is a mutual-help meeting.

    Raises:
        NotFound
    """
    if session.kind == MUTUAL_HELP:
        raise NotFound("Nothing is kept of this meeting: it has no roster, no attendance and no notes.")
    return session


def staff_view(
    session: Session, places: Sequence[RosterPlace], call: Call[Any], warnings: tuple[Missing, ...] = ()
) -> payloads.Session:
    """The session as the API shows it to this member of staff."""
    own = next((place.role for place in places if place.person == call.staff.person), None)
    view = session_view(session, places, call.now)
    return msgspec.structs.replace(view, may_cancel=door.may_cancel(call.staff.roles, own), warnings=warnings)


def session_view(session: Session, places: Sequence[RosterPlace], now: Instant) -> payloads.Session:
    """The session as the API shows it."""
    return payloads.Session(
        id=session.id,
        program=session.program,
        program_name=session.program_name,
        kind=session.kind,
        own_kind=session.own_kind,
        own_kind_name=session.own_kind_name,
        title=session.title,
        timezone=session.timezone,
        starts=session.starts,
        ends=session.ends,
        blocks=session.blocks,
        breaks=session.breaks,
        parent=session.parent,
        pull_out=session.pull_out,
        revision=session.revision,
        phase=door.phase(session, now),
        roster=tuple(
            RosterMember(person=place.person, name=place.name, role=place.role, enrolment=place.enrolment)
            for place in places
        ),
    )


def _plan(asked: CreateSession) -> Plan:
    blocks = tuple(Block(block.kind, block.start, block.end) for block in asked.blocks)
    return plans.checked(Plan(starts=asked.starts, ends=asked.ends, blocks=blocks, breaks=asked.breaks))


async def _new_session(tx: Transaction, asked: CreateSession, plan: Plan, clinic: str) -> Session:
    program = await programs.find(tx, clinic, asked.program)
    if program is None:
        raise InvalidInput("There is no such program.", "$.program")
    if asked.pull_out and asked.parent is None:
        raise InvalidInput("A pull-out names the session it is pulled out of.", "$.parent")
    if asked.parent is not None and await sessions.find(tx, clinic, asked.parent) is None:
        raise InvalidInput("There is no such session.", "$.parent")
    _check_meeting(asked)
    own = await _own_kind(tx, asked, clinic)
    day = local_date(second(plan.starts), program.timezone)
    _, policy = policies.load(*policy_on(program, await programs.policy_changes(tx, clinic, program.id), day))
    return Session(
        id=new_id(),
        clinic=clinic,
        program=program.id,
        program_name=program.name,
        kind=asked.kind,
        own_kind=own.id if own else None,
        own_kind_name=own.name if own else None,
        title=asked.title,
        timezone=program.timezone,
        starts=plan.starts,
        ends=plan.ends,
        blocks=plan.blocks,
        breaks=plan.breaks,
        parent=asked.parent,
        pull_out=asked.pull_out,
        policy=policy,
    )


async def _own_kind(tx: Transaction, asked: CreateSession, clinic: str) -> ClinicKind | None:
    """The clinic's own kind of the session.

    Raises:
        InvalidInput: there is none such, it is no longer offered, or it counts as another kind.
    """
    if asked.own_kind is None:
        return None
    kind = await clinic_kinds.find(tx, clinic, asked.own_kind)
    if kind is None or not kind.in_use:
        raise InvalidInput("Your clinic has no such kind in use.", "$.own_kind")
    if kind.counts_as != asked.kind:
        raise InvalidInput("This kind counts as another one than the session's.", "$.own_kind")
    return kind


def _check_meeting(asked: CreateSession) -> None:
    """Refuse what a mutual-help meeting cannot have, and such a meeting as a part of another session.

    Raises:
        InvalidInput
    """
    for index, block in enumerate(asked.blocks):
        if block.kind == MUTUAL_HELP:
            raise InvalidInput("A mutual-help meeting is a session of its own.", f"$.blocks[{index}].kind")
    if asked.kind != MUTUAL_HELP:
        return
    for name in ("roster", "blocks", "breaks", "parent"):
        if getattr(asked, name):
            raise InvalidInput("Nothing is kept of a mutual-help meeting: it has only a time and a title.", f"$.{name}")


def _span(call: Call[SessionQuery]) -> tuple[Instant, Instant]:
    today = call.today
    midnights = (local_midnight(day, call.staff.clinic_timezone) for day in (today, today + timedelta(days=1)))
    start, end = map(instant, midnights)
    start, end = call.asked.start or start, call.asked.end or end
    plans.instant_in_reach(start, "$.from")
    plans.instant_in_reach(end, "$.to")
    if not start < end <= start + LONGEST_LIST:
        raise InvalidInput(f"It must be later than `from`, by at most {LONGEST_LIST.days} days.", "$.to")
    return start, end


ROUTES = (
    Route(
        method="POST",
        path="/api/sessions",
        handler=create_session,
        who=Staff("sessions.plan"),
        audited=True,
        request=CreateSession,
        response=payloads.Session,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/sessions",
        handler=list_sessions,
        who=Staff("sessions.see"),
        audited=True,
        request=SessionQuery,
        response=Page[payloads.Session],
    ),
    Route(
        method="GET",
        path="/api/sessions/{session}",
        handler=show_session,
        who=Staff("sessions.see"),
        audited=True,
        response=payloads.Session,
    ),
    Route(
        method="PUT",
        path="/api/sessions/{session}/roster",
        handler=replace_roster,
        who=Staff("sessions.plan"),
        audited=True,
        request=ReplaceRoster,
        response=payloads.Session,
    ),
)
