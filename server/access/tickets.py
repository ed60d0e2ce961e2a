"""Tickets: a person who may enter a session now gets a signed ticket, the node's address and relay credentials."""

from datetime import datetime

import msgspec

from domain.access import door, relay_credentials
from domain.access.guest_links import GuestHolder
from domain.access.links import LinkHolder
from domain.access.tickets import TICKET_LIFE, Ticket, sign
from domain.errors import NotFound, NotOnRoster, RoomsUnavailable, RuleNotAgreed
from domain.events.schedule import MUTUAL_HELP, STAFF_ROLES, Role
from domain.people.roles import may
from domain.people.short_names import short_name
from domain.room.members import member_id
from domain.schedule.sessions import Session
from runtime.clock import new_id
from server.access import guest_door, holders
from server.access.ticket_payloads import RequestTicket, TicketView
from server.http.calls import Call, SignedIn
from server.http.routes import ANYONE, Route
from server.schedule import licensing
from store.access import sign_ins
from store.database import Transaction
from store.people import aliases
from store.room import placement
from store.schedule import rosters, sessions


class Entrant(msgspec.Struct, frozen=True, kw_only=True):
    """The person who asks to enter, and the proof of who they are."""

    clinic: str
    person: str
    name: str
    proof: SignedIn | LinkHolder | GuestHolder
    alone: bool = False
    """Whether the session is one in which nobody is overseen."""

    @property
    def oversees(self) -> bool:
        """Whether they supervise or administer the clinic, and may do so here."""
        return not self.alone and isinstance(self.proof, SignedIn) and may(self.proof.roles, "rooms.oversee")

    @property
    def guest_of(self) -> str | None:
        """Whose guest they are, by name, for staff."""
        return self.proof.client_name if isinstance(self.proof, GuestHolder) else None

    def role(self, session: Session, on_roster: Role | None) -> Role | None:
        """The role in which staff or a client may enter, or None if they may not. `_guest_role` has that of a guest."""
        match self.proof:
            case SignedIn(roles=roles) if session.kind == MUTUAL_HELP:
                return door.host_role(roles)
            case SignedIn(roles=roles):
                return door.staff_role(roles, on_roster)
            case LinkHolder() as holder:
                return door.client_role(holder, session, on_roster)
            case _:
                return None


async def request_ticket(call: Call[RequestTicket]) -> TicketView:
    """A ticket to the session's room, for signed-in staff or the holder of a personal or guest link."""
    entrant = await _entrant(call)
    async with call.database.transaction() as tx:
        session = await sessions.find(tx, entrant.clinic, call.ids["session"])
        if session is None:
            raise NotFound
        if session.kind == MUTUAL_HELP:
            call.leave_no_trace()
            entrant = await _incognito(tx, call, entrant, session)
        role = await _role(tx, entrant, session)
        door.check_open(session, call.now)
        leads = isinstance(entrant.proof, SignedIn) and role in STAFF_ROLES
        warnings = await licensing.at_the_door(tx, session) if leads else ()
        node = await placement.for_session(tx, session.clinic, session.id)
        if isinstance(entrant.proof, SignedIn) and session.kind != MUTUAL_HELP:  # such a meeting leaves no record
            await sign_ins.enter(tx, entrant.clinic, entrant.proof.sign_in, session.id)
        alias = await _alias(tx, entrant, call.now)
    if node is None:
        raise RoomsUnavailable
    ticket = Ticket(
        id=new_id(),
        clinic=entrant.clinic,
        session=session.id,
        person=entrant.person,
        role=role,
        name=entrant.name,
        node=node.id,
        expires=call.now + TICKET_LIFE,
        link=None if isinstance(entrant.proof, SignedIn) else entrant.proof.link,
        sign_in=entrant.proof.sign_in if isinstance(entrant.proof, SignedIn) else None,
        guest_of=entrant.guest_of,
        oversees=entrant.oversees,
        granted=call.now,
        alias=alias,
    )
    servers = relay_credentials.credentials(call.settings.turn_urls, call.settings.turn_secret, ticket.id, call.now)
    return TicketView(
        ticket=sign(ticket, call.settings.ticket_key), url=node.url, ice_servers=servers, warnings=warnings
    )


async def _alias(tx: Transaction, entrant: Entrant, now: datetime) -> str | None:
    """What peers see of a client or a guest. Who has no alias yet gets the first suggestion."""
    if isinstance(entrant.proof, SignedIn) or entrant.alone:
        return None
    return await aliases.reserve_suggested(tx, entrant.clinic, entrant.person, entrant.name, now)


async def _entrant(call: Call[RequestTicket]) -> Entrant:
    if call.asked.link is None:
        staff = call.staff
        call.concerns(staff.person)
        return Entrant(clinic=staff.clinic, person=staff.person, name=staff.name, proof=staff)
    holder = await holders.holder(call, call.asked.link)
    return Entrant(clinic=holder.clinic, person=holder.person, name=holder.name, proof=holder)


async def _incognito(tx: Transaction, call: Call[RequestTicket], entrant: Entrant, session: Session) -> Entrant:
    """The same person as only this meeting may know them: by an id of this session alone, and an alias.

    So the node that holds the meeting never learns who is there.
    """
    person = member_id(call.settings.ticket_key, session.id, entrant.person)
    own = await aliases.find(tx, entrant.clinic, entrant.person)
    name = own.alias if own else short_name(entrant.name)
    return msgspec.structs.replace(entrant, alone=True, person=person, name=name)


async def _role(tx: Transaction, entrant: Entrant, session: Session) -> Role:
    """The role in which they may enter.

    Raises:
        NotOnRoster, RuleNotAgreed
    """
    if isinstance(entrant.proof, GuestHolder):
        role = await _guest_role(tx, entrant.proof, session)
    elif session.kind == MUTUAL_HELP:
        role = entrant.role(session, None)
    else:
        roster = await rosters.roles_of(tx, entrant.clinic, entrant.person, [session.id])
        role = entrant.role(session, roster.get(session.id))
    if role is None:
        raise door.why_not(entrant.proof, session) if isinstance(entrant.proof, LinkHolder) else NotOnRoster
    return role


async def _guest_role(tx: Transaction, holder: GuestHolder, session: Session) -> Role | None:
    if not await guest_door.may_enter(tx, holder, session):
        return None
    if not guest_door.has_agreed(holder):
        raise RuleNotAgreed
    return holder.role


ROUTES = (
    Route(
        method="POST",
        path="/api/sessions/{session}/tickets",
        handler=request_ticket,
        who=ANYONE,
        audited=True,
        request=RequestTicket,
        response=TicketView,
        status=201,
    ),
)
