"""Whose guests a member of staff may invite, and to which sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.access import door
from domain.access import guest_links as rules
from domain.access.guest_links import ClientPlace, OfKind
from domain.errors import InvalidInput, NotFound
from domain.events.schedule import MUTUAL_HELP
from domain.instants import instant, local_midnight
from domain.people.persons import Person
from domain.people.roles import may
from domain.people.ties import Tie
from domain.privacy.consents import Consent
from domain.schedule.sessions import Session
from server.access import guest_door
from server.access.join_links import AHEAD, OWN_SESSIONS
from server.guests.payloads import GuestFor
from server.http.calls import Call
from store.database import Transaction
from store.people import persons, ties
from store.privacy import consents
from store.programs import programs
from store.schedule import rosters, sessions

_NO_PROGRAM = "00000000-0000-0000-0000-000000000000"
"""For a client without enrolment, who comes only to sessions that name them."""


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """A client and their places in programs."""

    client: Person
    places: Sequence[ClientPlace]

    @property
    def programs(self) -> set[str]:
        """The programs whose sessions may be the client's."""
        return {place.program for place in self.places} or {_NO_PROGRAM}


async def host(tx: Transaction, call: Call[Any], client: str) -> Host:
    """The client whose guests are meant: for those who see every session, any; for others, one of their own sessions.

    Raises:
        NotFound: the clinic has no such client, or not for this member of staff.
    """
    staff = call.staff
    person = await persons.find(tx, staff.clinic, client)
    if person is None or person.staff_roles or await ties.of_guest(tx, staff.clinic, client) is not None:
        raise NotFound
    call.concerns(person.id)
    found = Host(client=person, places=await guest_door.places(tx, staff.clinic, client))
    if not (may(staff.roles, "sessions.see_all") or await _meet(tx, call, found)):
        raise NotFound
    return found


async def _meet(tx: Transaction, call: Call[Any], host: Host) -> bool:
    """Whether this member of staff has or had a session with the client not long ago."""
    for program in host.programs:
        place = rosters.Enrolled(clinic=call.staff.clinic, person=host.client.id, program=program)
        since = call.now - OWN_SESSIONS
        if await rosters.meet(tx, call.staff.person, place, list(door.OPEN_TO_PROGRAM), since):
            return True
    return False


async def ahead(tx: Transaction, clinic: str, host: Host, now: datetime) -> list[Session]:
    """The sessions ahead that the client may come to, in order of start."""
    found: dict[str, Session] = {}
    for program in host.programs:
        client = rosters.Enrolled(clinic=clinic, person=host.client.id, program=program)
        open_to = await sessions.open_to(tx, client, list(door.OPEN_TO_PROGRAM), (now, now + AHEAD))
        found |= {session.id: session for session in open_to if not session.ended and not session.cancelled}
    roles = await rosters.roles_of(tx, clinic, host.client.id, list(found))
    theirs = [one for one in found.values() if rules.client_comes(one, roles.get(one.id), host.places)]
    for_guests = (session for session in theirs if session.kind != MUTUAL_HELP)
    return sorted(for_guests, key=lambda session: (session.starts, session.id))


async def opened(tx: Transaction, clinic: str, release: Consent, wanted: GuestFor, at: str) -> str | OfKind:
    """What a link on this release is to open.

    Raises:
        InvalidInput
    """
    match wanted.session, wanted.of_kind:
        case str() as session, None:
            return await _one_session(tx, clinic, release, session, f"{at}.session")
        case None, of_kind if of_kind is not None:
            if of_kind.kind == MUTUAL_HELP:
                raise InvalidInput("Guests do not come to meetings of mutual help.", f"{at}.of_kind.kind")
            if await programs.find(tx, clinic, of_kind.program) is None:
                raise InvalidInput("There is no such program.", f"{at}.of_kind.program")
            if instant(local_midnight(of_kind.until, "UTC")) > end_of(release):
                raise InvalidInput("The release ends before that day.", f"{at}.of_kind.until")
            return OfKind(program=of_kind.program, kind=of_kind.kind, until=of_kind.until)
        case _:
            raise InvalidInput("Choose one session, or all of one kind.", f"{at}.session")


async def _one_session(tx: Transaction, clinic: str, release: Consent, id: str, path: str) -> str:
    session = await sessions.find(tx, clinic, id)
    role = (await rosters.roles_of(tx, clinic, release.client, [id])).get(id)
    places = await guest_door.places(tx, clinic, release.client)
    if session is None or session.kind == MUTUAL_HELP or not rules.client_comes(session, role, places):
        raise InvalidInput("The client does not come to that session. Choose another, or plan them in first.", path)
    if session.window_ends > end_of(release):
        raise InvalidInput("The release ends before that session does.", path)
    return session.id


async def found(tx: Transaction, call: Call[Any], guest: str) -> tuple[Tie, Consent]:
    """The guest's tie and their latest release.

    Raises:
        NotFound: the clinic has no such guest, or this member of staff may not manage the client's guests.
    """
    tie = await ties.of_guest(tx, call.staff.clinic, guest)
    if tie is None:
        raise NotFound
    call.concerns(tie.guest)
    await host(tx, call, tie.client)
    releases = await consents.releases(tx, call.staff.clinic, tie.client)
    return tie, releases[tie.guest]


def end_of(release: Consent) -> datetime:
    """When a guest's release ends: each has a last day."""
    if release.expires_at is None:
        raise AssertionError("a release without an end")
    return release.expires_at
