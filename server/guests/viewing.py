"""A client's guests as staff see them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from domain.access.guest_links import OfKind
from domain.instants import local_date, second
from domain.people.persons import Person
from domain.people.roles import may
from domain.people.short_names import short_name
from domain.people.ties import Tie
from domain.privacy.consents import Consent
from domain.privacy.texts import RELEASE
from domain.schedule.sessions import Session
from server.access.guest_payloads import agreed_text
from server.guests import choosing, payloads
from server.http.calls import Call
from server.http.routes import Route, Staff
from store.access import guest_links
from store.access.guest_links import Kept
from store.database import Transaction
from store.people import aliases, persons, ties
from store.privacy import consents
from store.programs import programs
from store.schedule import sessions


class _Named(msgspec.Struct, frozen=True, kw_only=True):
    """What the links and releases of guests refer to."""

    sessions: Mapping[str, Session]
    programs: Mapping[str, str]
    people: Mapping[str, Person]
    aliases: Mapping[str, str]


async def list_guests(call: Call[None]) -> payloads.Guests:
    """A client's guests, with their releases and links, and the sessions that a guest can be invited to."""
    clinic = call.staff.clinic
    async with call.database.transaction() as tx:
        host = await choosing.host(tx, call, call.ids["client"])
        own = await ties.of_client(tx, clinic, host.client.id)
        guests = await _guests(tx, call, host.client.id, own)
        ahead = await choosing.ahead(tx, clinic, host, call.now)
    call.concerns(*(tie.guest for tie in own))
    return payloads.Guests(
        client=host.client.id,
        client_name=host.client.display_name,
        guests=tuple(guests),
        sessions=tuple(map(_choice, ahead)),
        release_text=agreed_text(RELEASE),
        may_manage=may(call.staff.roles, "guests.manage"),
    )


async def guest(tx: Transaction, call: Call[Any], tie: Tie, url: str | None = None) -> payloads.Guest:
    """One guest; `url` is the address of their newest link, right after it was made."""
    [shown] = await _guests(tx, call, tie.client, [tie])
    if url is None:
        return shown
    newest, *others = shown.links
    return msgspec.structs.replace(shown, links=(msgspec.structs.replace(newest, url=url), *others))


async def _guests(tx: Transaction, call: Call[Any], client: str, shown: Sequence[Tie]) -> list[payloads.Guest]:
    clinic = call.staff.clinic
    ids = [tie.guest for tie in shown]
    releases = await consents.releases(tx, clinic, client)
    links = await guest_links.of_guests(tx, clinic, ids)
    named = await _names(tx, clinic, ids, releases, links)
    return [
        payloads.Guest(
            id=tie.guest,
            name=named.people[tie.guest].display_name,
            seen_as=named.aliases.get(tie.guest) or short_name(named.people[tie.guest].display_name),
            relation=tie.relation,
            role=tie.role,
            email=tie.email,
            phone=tie.phone,
            guardian=tie.guardian.name if tie.guardian else None,
            release=_release(releases[tie.guest], named, call),
            links=tuple(_link(link, named) for link in links if link.guest == tie.guest),
        )
        for tie in shown
    ]


async def _names(
    tx: Transaction, clinic: str, guests: Sequence[str], releases: Mapping[str, Consent], links: Sequence[Kept]
) -> _Named:
    staff = {id for one in releases.values() for id in (one.filed_by, one.revoked_by) if id is not None}
    single = {link.opens for link in links if isinstance(link.opens, str)}
    of_kinds = {link.opens.program for link in links if isinstance(link.opens, OfKind)}
    found = [await sessions.find(tx, clinic, id) for id in single]
    theirs = [await programs.find(tx, clinic, id) for id in of_kinds]
    return _Named(
        sessions={session.id: session for session in found if session is not None},
        programs={program.id: program.name for program in theirs if program is not None},
        people=await persons.of_ids(tx, clinic, [*guests, *staff]),
        aliases=await aliases.of_people(tx, clinic, guests),
    )


def _release(release: Consent, named: _Named, call: Call[Any]) -> payloads.GuestRelease:
    zone = call.staff.clinic_timezone
    filed_by, revoked_by = (named.people.get(id or "") for id in (release.filed_by, release.revoked_by))
    return payloads.GuestRelease(
        id=release.id,
        scopes=release.scopes,
        signed_on=local_date(second(release.signed_at), zone),
        expires=release.expires_at,
        last_day=local_date(second(release.expires_at) - 1, zone) if release.expires_at else None,
        revoked=release.revoked_at,
        stands=release.stands(call.now),
        text_version=release.text_version,
        given=release.given,
        filed_by=filed_by.display_name if filed_by else None,
        revoked_by=revoked_by.display_name if revoked_by else None,
    )


def _link(link: Kept, named: _Named) -> payloads.GuestLink:
    opens = link.opens
    return payloads.GuestLink(
        id=link.id,
        session=_choice(named.sessions[opens]) if isinstance(opens, str) else None,
        of_kind=None if isinstance(opens, str) else _of_kind(opens, named.programs[opens.program]),
        created=link.created_at,
        revoked=link.revoked_at is not None,
        agreed=link.agreed_at,
    )


def _of_kind(opens: OfKind, program_name: str) -> payloads.LinkOfKind:
    return payloads.LinkOfKind(program=opens.program, program_name=program_name, kind=opens.kind, until=opens.until)


def _choice(session: Session) -> payloads.SessionChoice:
    return payloads.SessionChoice(
        id=session.id,
        title=session.title,
        kind=session.kind,
        program=session.program,
        program_name=session.program_name,
        timezone=session.timezone,
        starts=session.starts,
        ends=session.ends,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/clients/{client}/guests",
        handler=list_guests,
        who=Staff("guests.see"),
        audited=True,
        response=payloads.Guests,
    ),
)
