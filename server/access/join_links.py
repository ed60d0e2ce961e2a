"""Personal join links: made and withdrawn by staff, opened by clients."""

from datetime import date, datetime, timedelta
from typing import Any

from domain.access import door
from domain.access.guest_links import GuestHolder
from domain.access.links import JoinLink, LinkHolder, address
from domain.access.tickets import RESUME_GRACE
from domain.errors import InvalidInput, LinkUnknown, NotFound
from domain.events.schedule import MUTUAL_HELP
from domain.instants import local_date, second
from domain.people.roles import may
from domain.programs.acts import State
from domain.programs.enrolments import Enrolment
from domain.schedule import plans
from domain.schedule.sessions import Session
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.access import door_aliases, guest_door, holders, payloads
from server.access.payloads import CreateJoinLink, Invitation, OpenJoinLink
from server.http.calls import Call, SignedIn
from server.http.routes import ANYONE, Route, Staff
from server.schedule.sessions import session_view
from store.access import join_links
from store.database import Transaction
from store.people import persons
from store.programs import enrolments, programs
from store.schedule import rosters, sessions

LIFE = timedelta(days=14)
OWN_SESSIONS = timedelta(days=60)
"""How long after a session its staff may still make links for its clients."""
AHEAD = timedelta(days=60)
"""How far ahead a client sees the next session."""


async def create_join_link(call: Call[CreateJoinLink]) -> payloads.JoinLink:
    """Make a personal link for a client's enrolment. Its address is shown this once."""
    expires = call.asked.expires or call.now + LIFE
    plans.instant_in_reach(expires, "$.expires")
    if expires <= call.now:
        raise InvalidInput("The link would have expired already.", "$.expires")
    secret = random_secrets.new()
    async with call.database.transaction() as tx:
        enrolment = await enrolments.find(tx, call.staff.clinic, call.asked.enrolment)
        if enrolment is None or not await _theirs(tx, call.staff, enrolment, call.now):
            raise InvalidInput("There is no such enrolment.", "$.enrolment")
        call.concerns(enrolment.client)
        await _check_active(tx, call.staff.clinic, enrolment.client)
        link = JoinLink(
            id=new_id(),
            clinic=call.staff.clinic,
            person=enrolment.client,
            enrolment=enrolment.id,
            created_at=call.now,
            expires_at=expires,
        )
        await join_links.create(tx, link, random_secrets.digest(secret))
    return _view(link, address(call.settings.public_origin, secret))


async def list_join_links(call: Call[None]) -> payloads.ClientLinks:
    """A client's links, the newest first, and the enrolments for which another can be made. Never their addresses."""
    clinic, client = call.staff.clinic, call.ids["client"]
    async with call.database.transaction() as tx:
        person = await persons.find(tx, clinic, client)
        if person is None or person.staff_roles:
            raise NotFound
        call.concerns(client)
        found = await enrolments.of_client(tx, clinic, client)
        own = [enrolment for enrolment in found if await _theirs(tx, call.staff, enrolment, call.now)]
        if not own and not may(call.staff.roles, "sessions.see_all"):
            raise NotFound
        links = await join_links.of_client(tx, clinic, client)
        places = [place for enrolment in own for place in await _places(tx, clinic, enrolment, call.now)]
    seen = {None, *(enrolment.id for enrolment in own)}
    return payloads.ClientLinks(
        links=tuple(_view(link) for link in links if link.enrolment in seen), places=tuple(places)
    )


async def _places(tx: Transaction, clinic: str, enrolment: Enrolment, now: datetime) -> list[payloads.LinkPlace]:
    """The enrolment, unless its last day is over by the calendar of its program."""
    program = await programs.find(tx, clinic, enrolment.program)
    if program is None or (enrolment.ends_on or date.max) < local_date(second(now), program.timezone):
        return []
    return [payloads.LinkPlace(enrolment=enrolment.id, program_name=program.name)]


def _view(link: JoinLink, url: str | None = None) -> payloads.JoinLink:
    return payloads.JoinLink(
        id=link.id,
        person=link.person,
        enrolment=link.enrolment,
        created=link.created_at,
        expires=link.expires_at,
        revoked=link.revoked_at is not None,
        url=url,
    )


async def _check_active(tx: Transaction, clinic: str, client: str) -> None:
    person = await persons.find(tx, clinic, client)
    if person is not None and person.deactivated_at is not None:
        raise InvalidInput("This person's access is switched off. Switch it on first.", "$.enrolment")


async def revoke_join_link(call: Call[None]) -> None:
    """Withdraw a link: from now on it opens nothing."""
    clinic, id = call.staff.clinic, call.ids["link"]
    async with call.database.transaction() as tx:
        owner = await join_links.owner_of(tx, clinic, id)
        if owner is None:
            raise NotFound
        call.concerns(owner.person)
        enrolment = await enrolments.find(tx, clinic, owner.enrolment) if owner.enrolment else None
        if enrolment is not None and not await _theirs(tx, call.staff, enrolment, call.now):
            raise NotFound
        await join_links.revoke(tx, clinic, id, call.now)


async def open_join_link(call: Call[OpenJoinLink]) -> Invitation:
    """The link's holder, and the session that is on now or next."""
    holder = await holders.holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        session = door.next_session(await _sessions_for(tx, holder, call), call.now)
        alias = await door_aliases.offer(tx, holder, call.now)
        guest = await guest_door.invitation(tx, holder) if isinstance(holder, GuestHolder) else None
    if session is not None and session.kind == MUTUAL_HELP:
        call.leave_no_trace()
    return Invitation(
        person=holder.person,
        name=holder.name,
        seen_as=alias.alias,
        guest=guest,
        clinic_name=holder.clinic_name,
        program_name=holder.program_name if isinstance(holder, LinkHolder) else holder.clinic_name,
        alias=alias,
        session=session_view(session, (), call.now) if session else None,
        lobby_opens=door.lobby_opens(session) if session else None,
        may_enter=session is not None and door.lobby_opens(session) <= call.now,
        standing=_standing(holder, call.now) if isinstance(holder, LinkHolder) else None,
        now=call.now,
    )


async def link_holder(call: Call[Any], secret: str) -> LinkHolder:
    """The client who holds a valid link. A guest's link is none here: it opens nothing but its session.

    Raises:
        LinkUnknown, LinkRevoked, LinkExpired, TooManyAttempts
    """
    found = await holders.holder(call, secret)
    if not isinstance(found, LinkHolder):
        raise LinkUnknown
    return found


async def _theirs(tx: Transaction, staff: SignedIn, enrolment: Enrolment, now: datetime) -> bool:
    """Whether this member of staff may make and withdraw links for that client: overseers for every client, others for
    clients whom their own sessions expect or are open to."""
    if may(staff.roles, "sessions.see_all"):
        return True
    client = rosters.Enrolled(clinic=staff.clinic, person=enrolment.client, program=enrolment.program)
    return await rosters.meet(tx, staff.person, client, list(door.OPEN_TO_PROGRAM), now - OWN_SESSIONS)


def _standing(holder: LinkHolder, now: datetime) -> State | None:
    """Where the holder stands today, by the calendar of their program; None before any enrolment."""
    return None if holder.timezone is None else door.standing_at(holder, now, holder.timezone)


async def _sessions_for(tx: Transaction, holder: LinkHolder | GuestHolder, call: Call[OpenJoinLink]) -> list[Session]:
    span = (call.now - RESUME_GRACE, call.now + AHEAD)
    if isinstance(holder, GuestHolder):
        return await guest_door.sessions_for(tx, holder, span)
    client = rosters.Enrolled(clinic=holder.clinic, person=holder.person, program=holder.program)
    found = await sessions.open_to(tx, client, list(door.OPEN_TO_PROGRAM), span)
    roles = await rosters.roles_of(tx, holder.clinic, holder.person, [session.id for session in found])
    return [session for session in found if door.client_role(holder, session, roles.get(session.id))]


ROUTES = (
    Route(
        method="POST",
        path="/api/join-links",
        handler=create_join_link,
        who=Staff("links.manage"),
        audited=True,
        request=CreateJoinLink,
        response=payloads.JoinLink,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/clients/{client}/join-links",
        handler=list_join_links,
        who=Staff("links.manage"),
        audited=True,
        response=payloads.ClientLinks,
    ),
    Route(
        method="DELETE",
        path="/api/join-links/{link}",
        handler=revoke_join_link,
        who=Staff("links.manage"),
        audited=True,
    ),
    Route(
        method="POST",
        path="/api/join-links/open",
        handler=open_join_link,
        who=ANYONE,
        audited=True,
        request=OpenJoinLink,
        response=Invitation,
    ),
)
