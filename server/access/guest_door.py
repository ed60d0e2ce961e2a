"""How a guest enters: the session that their link opens, and the rule that they agree to first."""

from domain.access import guest_links as rules
from domain.access.guest_links import ClientPlace, GuestHolder, OfKind
from domain.errors import Conflict, NotFound
from domain.events.fact import Span
from domain.people.short_names import short_name
from domain.privacy.texts import CONFIDENTIALITY
from domain.programs.acts import replay
from domain.schedule.sessions import Session
from server.access import holders
from server.access.guest_payloads import AgreeToRule, GuestInvitation, agreed_text
from server.http.calls import Call
from server.http.routes import ANYONE, Route
from store.access import guest_links
from store.database import Transaction
from store.people import aliases
from store.programs import acts, enrolments
from store.schedule import rosters, sessions
from store.schedule.rosters import Enrolled


async def agree(call: Call[AgreeToRule]) -> None:
    """Agree to the rule of confidentiality. The version must be the current one."""
    holder = await holders.holder(call, call.asked.link)
    if not isinstance(holder, GuestHolder):
        raise NotFound
    if call.asked.version != CONFIDENTIALITY.version:
        raise Conflict("The rule has changed. Read it again, please.")
    async with call.database.transaction() as tx:
        await guest_links.agree(tx, holder.clinic, holder.link, call.asked.version, call.now)


def has_agreed(holder: GuestHolder) -> bool:
    """Whether the guest has agreed to the present rule."""
    return holder.agreed_version == CONFIDENTIALITY.version


async def seen_as(tx: Transaction, clinic: str, person: str, name: str) -> str:
    """What others in a session see of this person: their alias, or a short form of their name."""
    own = await aliases.find(tx, clinic, person)
    return own.alias if own else short_name(name)


async def invitation(tx: Transaction, holder: GuestHolder) -> GuestInvitation:
    """What the door says to a guest."""
    return GuestInvitation(
        invited_by=await seen_as(tx, holder.clinic, holder.client, holder.client_name),
        relation=holder.relation,
        role=holder.role,
        rule=agreed_text(CONFIDENTIALITY),
        agreed=has_agreed(holder),
    )


async def may_enter(tx: Transaction, holder: GuestHolder, session: Session) -> bool:
    """Whether the guest's link opens this session now."""
    return session in await _opened(tx, holder, [session])


async def sessions_for(tx: Transaction, holder: GuestHolder, span: Span) -> list[Session]:
    """The sessions within `span` that the guest's link opens, in order of start."""
    if isinstance(holder.opens, OfKind):
        client = Enrolled(clinic=holder.clinic, person=holder.client, program=holder.opens.program)
        found = await sessions.open_to(tx, client, [holder.opens.kind], span)
    else:
        one = await sessions.find(tx, holder.clinic, holder.opens)
        found = [one] if one is not None else []
    return await _opened(tx, holder, found)


async def places(tx: Transaction, clinic: str, client: str) -> list[ClientPlace]:
    """The client's places in programs."""
    enrolled = await enrolments.of_client(tx, clinic, client)
    found = await acts.of_enrolments(tx, clinic, [enrolment.id for enrolment in enrolled])
    return [
        ClientPlace(clinic=clinic, program=enrolment.program, days=replay(found.get(enrolment.id, ())))
        for enrolment in enrolled
    ]


async def _opened(tx: Transaction, holder: GuestHolder, found: list[Session]) -> list[Session]:
    own = await places(tx, holder.clinic, holder.client)
    on_roster = await rosters.roles_of(tx, holder.clinic, holder.client, [session.id for session in found])
    return [
        session
        for session in found
        if rules.opens(holder, session, rules.client_comes(session, on_roster.get(session.id), own))
    ]


ROUTES = (
    Route(
        method="POST",
        path="/api/guest-links/agreement",
        handler=agree,
        who=ANYONE,
        audited=True,
        request=AgreeToRule,
    ),
)
