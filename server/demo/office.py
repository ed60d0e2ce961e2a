"""The demo clinic's office: staff who are invited or gone, guests of clients, and who looked at whose record."""

from datetime import datetime, timedelta

import msgspec

from domain.access.invitations import LIFE, Invitation
from domain.mail.mails import Language, Mail
from domain.people.persons import Person
from domain.people.roles import StaffRole
from domain.people.ties import Relation, Tie
from domain.privacy.consents import INVOLVEMENT, Consent
from domain.privacy.texts import RELEASE
from runtime.clock import new_id
from server.demo import clinic as demo_clinic
from server.privacy import consents as recording
from store.access import invitations
from store.database import Transaction
from store.mail import outbox
from store.people import persons, search, ties
from store.privacy import access_audit, consents
from store.privacy.access_audit import Access

INVITED: tuple[str, str, StaffRole] = ("Tove Ahlgren", "tove@demo.vesper.example", "prescriber")
GONE: tuple[str, str, StaffRole] = ("Glenn Pascoe", "glenn@demo.vesper.example", "facilitator")
RELEASED = timedelta(days=365)


class DemoGuest(msgspec.Struct, frozen=True):
    """Somebody who comes with a client."""

    client: str
    name: str
    relation: Relation
    language: Language = "en"


GUESTS = (
    DemoGuest("Pat Morrow", "Margaret Morrow", "parent"),
    DemoGuest("Alba Trujano", "Tomás Rey", "interpreter", "es"),
)
LOOKED = (
    ("ruth", "GET", "/api/clients/{client}", 26),
    ("dana", "GET", "/api/clients/{client}", 20),
    ("lena", "PUT", "/api/clients/{client}/contacts", 3),
)
"""Who looked at the first guest's client, at which route, how many hours ago."""


async def show(tx: Transaction, clinic: str, clients: dict[str, str], now: datetime) -> None:
    """Add everything to a clinic that was just made; `clients` are the ids of its clients by name."""
    by = await _key(tx, "ruth")
    await _invite(tx, clinic, now)
    name, email, role = GONE
    gone = await _member(tx, clinic, name, email, role)
    await persons.deactivate(tx, clinic, gone, now)
    for guest in GUESTS:
        await _bring(tx, clinic, guest, clients[guest.client], (by, now))
    for key, method, route, hours in LOOKED:
        look = Access(
            clinic=clinic,
            at=now - timedelta(hours=hours),
            actor_kind="person",
            actor=await _key(tx, key),
            method=method,
            route=route,
            subjects=[clients[GUESTS[0].client]],
            status=200,
        )
        await access_audit.append(tx, look)


async def _key(tx: Transaction, key: str) -> str:
    found = await persons.with_email(tx, demo_clinic.STAFF[key].email)
    return found.person if found else ""


async def _member(tx: Transaction, clinic: str, name: str, email: str, role: StaffRole) -> str:
    person = Person(id=new_id(), display_name=name, email=email, external_id=None, staff_roles=(role,))
    await persons.create(tx, clinic, person)
    return person.id


async def _invite(tx: Transaction, clinic: str, now: datetime) -> None:
    """Somebody whose invitation is open: its mail waits, since the demo has no mail server."""
    name, email, role = INVITED
    person = await _member(tx, clinic, name, email, role)
    invitation = Invitation(id=new_id(), clinic=clinic, person=person, created_at=now, expires_at=now + LIFE)
    await invitations.create(tx, invitation)
    mail = Mail(id=new_id(), clinic=clinic, kind="invitation", reference=invitation.id, person=person, queued_at=now)
    await outbox.queue(tx, mail)


async def _bring(tx: Transaction, clinic: str, guest: DemoGuest, client: str, filed: tuple[str, datetime]) -> None:
    """A guest with the release that lets them come."""
    by, now = filed
    person = Person(id=new_id(), display_name=guest.name, email=None, external_id=None)
    await persons.create(tx, clinic, person)
    tie = Tie(
        guest=person.id, client=client, relation=guest.relation, language=guest.language, made_at=now, made_by=by
    )  # fmt: skip
    await ties.create(tx, clinic, tie)
    await search.renew(tx, clinic, [person.id])
    release = Consent(
        id=new_id(),
        client=client,
        recipient_id=person.id,
        purpose=INVOLVEMENT,
        scopes=("attend",),
        signed_at=now - timedelta(days=20),
        expires_at=now + RELEASED,
        text_version=RELEASE.version,
        text_digest=RELEASE.digest(guest.language),
        given="paper",
        filed_by=by,
        filed_at=now,
    )
    await consents.file(tx, clinic, release)
    await recording.record_given(tx, clinic, release, now)
