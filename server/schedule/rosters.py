"""A requested roster, checked against the clinic's people and enrolments."""

from collections.abc import Collection, Sequence

from domain.errors import InvalidInput
from domain.events.schedule import STAFF_ROLES
from domain.people.persons import Person
from domain.people.roles import may_run
from domain.programs.enrolments import Enrolment
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from server.schedule import payloads
from store.database import Transaction
from store.people import persons, ties
from store.programs import enrolments


async def checked_places(tx: Transaction, session: Session, asked: Sequence[payloads.RosterPlace]) -> list[RosterPlace]:
    """The roster with names, sorted by name.

    Raises:
        InvalidInput: a person is unknown or listed twice, or an enrolment is not theirs; carries its path.
    """
    people = await persons.of_ids(tx, session.clinic, [place.person for place in asked])
    enrolled = await enrolments.of_ids(tx, session.clinic, [place.enrolment for place in asked if place.enrolment])
    guests = await ties.among(tx, session.clinic, list(people))
    seen: set[str] = set()
    for index, place in enumerate(asked):
        _check_person(place, people, seen, f"$.roster[{index}].person")
        _check_role(place, people, f"$.roster[{index}].role")
        _check_no_guest(place, guests, f"$.roster[{index}].role")
        _check_enrolment(place, enrolled, session, f"$.roster[{index}].enrolment")
        seen.add(place.person)
    return sorted((_named(place, people) for place in asked), key=lambda place: (place.name, place.person))


def _check_person(place: payloads.RosterPlace, people: dict[str, Person], seen: set[str], path: str) -> None:
    if place.person not in people:
        raise InvalidInput("There is no such person.", path)
    if place.person in seen:
        raise InvalidInput("This person is on the roster already.", path)


def _check_role(place: payloads.RosterPlace, people: dict[str, Person], path: str) -> None:
    if place.role in STAFF_ROLES and not people[place.person].staff_roles:
        raise InvalidInput("Only staff run a session.", path)
    if place.role in STAFF_ROLES and not may_run(people[place.person].staff_roles):
        raise InvalidInput("This person's roles do not include leading rooms. Choose somebody else.", path)


def _check_no_guest(place: payloads.RosterPlace, guests: Collection[str], path: str) -> None:
    if place.role == "client" and place.person in guests:
        raise InvalidInput("This person is a client's guest, and no client.", path)


def _check_enrolment(place: payloads.RosterPlace, enrolled: dict[str, Enrolment], session: Session, path: str) -> None:
    if place.enrolment is None:
        return
    enrolment = enrolled.get(place.enrolment)
    if enrolment is None or enrolment.client != place.person or enrolment.program != session.program:
        raise InvalidInput("This is not an enrolment of that person in the session's program.", path)


def _named(place: payloads.RosterPlace, people: dict[str, Person]) -> RosterPlace:
    name = people[place.person].display_name
    return RosterPlace(person=place.person, name=name, role=place.role, enrolment=place.enrolment)
