"""Whether those who lead a session hold the licences that it asks for on its day."""

from collections.abc import Sequence

from domain.errors import InvalidInput, LicenceMissing
from domain.events.schedule import MUTUAL_HELP, STAFF_ROLES
from domain.instants import local_date, second
from domain.people import licences as rule
from domain.people.licences import Missing
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from store.database import Transaction
from store.people import licences
from store.schedule import rosters


async def missing(tx: Transaction, session: Session, places: Sequence[RosterPlace]) -> tuple[Missing, ...]:
    """What the session, or one of its blocks, asks for and nobody holds who leads it."""
    if session.kind == MUTUAL_HELP:
        return ()
    leading = [place.person for place in places if place.role in STAFF_ROLES]
    held = await licences.of_persons(tx, session.clinic, leading)
    rules = await licences.rules_of(tx, session.clinic)
    day = local_date(second(session.starts), session.timezone)
    kinds = [block.kind for block in session.blocks] or [session.kind]
    return tuple(rule.missing(kinds, rules, held, day))


async def checked(
    tx: Transaction, session: Session, places: Sequence[RosterPlace], path: str = "$.roster"
) -> tuple[Missing, ...]:
    """What is missing, of a plan that is about to be made.

    Raises:
        InvalidInput: something is, and the clinic refuses that; carries the path.
    """
    found = await missing(tx, session, places)
    if found and await licences.policy_of(tx, session.clinic) == "refuse":
        raise InvalidInput(f"{_sentence(found)} Add somebody who does, or their licence on their page.", path)
    return found


async def at_the_door(tx: Transaction, session: Session) -> tuple[Missing, ...]:
    """What is missing, for somebody who leads the session and asks to come in. A session that has begun goes on.

    Raises:
        LicenceMissing: something is, and the clinic refuses that.
    """
    places = await rosters.of_sessions(tx, session.clinic, [session.id])
    found = await missing(tx, session, places[session.id])
    if found and not session.started and await licences.policy_of(tx, session.clinic) == "refuse":
        raise LicenceMissing(f"{_sentence(found)} Your clinic does not start such a session. Ask an administrator.")
    return found


def _sentence(found: Sequence[Missing]) -> str:
    if any(one.asked == "prescriber" for one in found):
        return "Nobody who leads this session holds a prescriber's licence that is in force that day."
    return "Nobody who leads this session holds a clinician's licence that is in force that day."
