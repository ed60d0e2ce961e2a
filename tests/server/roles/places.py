"""Where the roles are tried: a session they are on the roster of, one they are not, and another clinic's.

Each place has its own needles, so that an answer which holds one says whose it is. What a new subject keeps about
people is planted in `_plant`, with its id under the name that paths and bodies use.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from nacl.public import PrivateKey

from domain.access.guest_links import GuestLink
from domain.access.identity import IdentifiedBrowser
from domain.chart.notes import Note, NoteKind, SealedDraft, Signature, Version, note_id
from domain.people.clients import Client, ContactWay, ExternalId
from domain.people.diagnoses import Diagnosis
from domain.people.licences import Licence
from domain.people.persons import Person
from domain.people.roles import StaffRole
from domain.people.ties import Tie
from domain.privacy.consents import Consent
from domain.privacy.retention import Hold
from domain.programs.acts import Act
from domain.programs.kinds import ClinicKind
from domain.schedule.rosters import RosterPlace
from domain.way.inquiries import Inquiry
from runtime.clock import new_id
from runtime.secrets import random_secrets
from store.access import guest_links, identified_browsers, identity_contacts
from store.access.identity_contacts import NewContact
from store.chart import data_keys, drafts, notes
from store.chart.data_keys import NoteKeys
from store.database import Transaction
from store.people import clients, diagnoses, licences, passwords, persons, ties
from store.people.clients import Author
from store.people.licences import Writer
from store.privacy import consents, erasures, holds
from store.programs import acts, clinic_kinds
from store.transfer import exports
from store.transfer.exports import Export
from store.way import inquiries
from tests.phases import first_phase
from tests.server.conftest import EVENING, a_link, a_program, a_session, a_token, enrolled

Where = Literal["on the roster", "off the roster", "in another clinic"]
PRIVATE = b"n" * 32
KEYS = NoteKeys(PRIVATE, {"2026": b"w" * 32})


@dataclass
class Place:
    """One client in one session of one clinic, with ids by the names of paths and fields, and needles by their kind."""

    where: Where
    clinic: str
    ids: dict[str, str] = field(default_factory=dict)
    needles: dict[str, list[str]] = field(default_factory=dict)

    def needle(self, kind: str) -> str:
        """A new needle of that kind."""
        planted = f"zq{len(self.needles)}-{self.where[:2]}-{new_id()[-12:]}"
        self.needles.setdefault(kind, []).append(planted)
        return planted

    def note(self, author: str, kind: NoteKind) -> Note:
        """A note on the client, without any text yet."""
        session, client = self.ids["session"], self.ids["client"]
        return Note(
            id=note_id(session, client, kind, author), clinic=self.clinic, session=session, client=client, kind=kind,
            author=author,
        )  # fmt: skip

    def keep(self, kind: str, text: str) -> str:
        """A text that is a needle as it is."""
        self.needles.setdefault(kind, []).append(text)
        return text


async def employ(tx: Transaction, clinic: str, role: StaffRole, email: str, hash: str) -> str:
    """A member of staff who signs in with that address."""
    until = EVENING + timedelta(days=30) if role == "auditor" else None
    made = Person(
        id=new_id(), display_name=role, email=email, external_id=None, staff_roles=(role,), auditor_until=until
    )
    await persons.create(tx, clinic, made)
    await passwords.replace(tx, clinic, made.id, hash, EVENING)
    return made.id


async def furnish(tx: Transaction, place: Place, author: str, staff: list[str], now: datetime) -> None:
    """Plant everything at a place: a client in a program, and a session that `staff` run, all of them as leads."""
    clinic, ids = place.clinic, place.ids
    ids["author"] = author
    client = Person(
        id=new_id(), display_name=place.needle("a client's name"), external_id=None,
        email=place.needle("a client's e-mail address") + "@mail.example",
    )  # fmt: skip
    await persons.create(tx, clinic, client)
    await clients.take_in(tx, clinic, _record(place, client), Author(by=author, at=EVENING))
    ids["person"] = ids["client"] = client.id
    ids["member"], ids["clinic"] = author, clinic
    ids["program"] = await a_program(tx, clinic)
    own = ClinicKind(id=new_id(), name=new_id(), counts_as="expressive")
    await clinic_kinds.create(tx, clinic, own)
    ids["kind"] = own.id
    ids["phase"] = await first_phase(tx, clinic, ids["program"])
    ids["enrolment"] = await enrolled(tx, clinic, ids["program"], client.id)
    roster = [
        RosterPlace(person=client.id, role="client", enrolment=ids["enrolment"]),
        *(RosterPlace(person=one, role="facilitator") for one in (author, *staff)),
    ]
    called = place.needle("what a session is called")
    ids["session"] = await a_session(tx, clinic, ids["program"], EVENING, roster, title=called)
    ids["author"] = author
    secret, ids["link"] = await a_link(tx, clinic, client.id, ids["enrolment"], now)
    place.keep("a secret", secret)
    place.keep("a secret", await a_token(tx, clinic, now))
    ids["token"] = str(await tx.fetchval("SELECT id FROM api_tokens WHERE clinic_id = $1 LIMIT 1", clinic))
    await _write_notes(tx, place, author)
    await _plant(tx, place, now)


async def _plant(tx: Transaction, place: Place, now: datetime) -> None:
    """What further subjects keep about the client of the place: add yours."""
    ids = place.ids
    ids["diagnosis"] = new_id()
    given = Diagnosis(
        id=ids["diagnosis"], code=place.needle("a client's diagnosis"), starts_on=date(2026, 11, 1), ends_on=None,
        position=1, added_by=ids["author"], added_at=now,
    )  # fmt: skip
    await diagnoses.add(tx, place.clinic, ids["client"], given)
    ids["export"] = new_id()
    await exports.ask(tx, Export(
        clinic=place.clinic, id=ids["export"], state="asked", asked_by=ids["author"], asked_at=now,
        expires_at=now + timedelta(days=7), public_key=b"p" * 32, salt=b"s" * 16,
    ))  # fmt: skip
    ids["licence"] = new_id()
    held = Licence(
        id=ids["licence"], person=ids["member"], kind="counsellor", state="NY", number="1", from_on=date(2026, 1, 1)
    )
    await licences.add(tx, place.clinic, held, Writer(by=ids["author"], at=now))
    await _identify(tx, place, now)
    await _plant_way(tx, place, now)
    await _invite(tx, place, now)
    await _hold(tx, place, now)


def _record(place: Place, client: Person) -> Client:
    """The client's record, with a needle in each part of it."""
    return Client(
        id=client.id,
        name=client.display_name,
        legal_name=place.needle("a client's legal name"),
        alias=place.needle("a client's alias"),
        contacts=[ContactWay(kind="email", value=place.needle("a client's contact"), may_leave_message=False)],
        external_ids=[ExternalId(system="EHR", value=place.needle("a client's id elsewhere"))],
    )


async def _hold(tx: Transaction, place: Place, now: datetime) -> None:
    """A client who is listed to be erased, and held."""
    clinic, client = place.clinic, place.ids["client"]
    await erasures.list_for_erasing(tx, clinic, {client: now.date() + timedelta(days=60)})
    hold = Hold(
        id=new_id(),
        person=client,
        reason=place.needle("why a client is held"),
        held_at=now,
        held_by=place.ids["author"],
    )
    await holds.put(tx, clinic, hold)
    place.ids["hold"] = hold.id


async def _identify(tx: Transaction, place: Place, now: datetime) -> None:
    address = place.needle("a contact for codes") + "@mail.example"
    client, secret = place.ids["client"], random_secrets.digest(new_id())
    contact = NewContact(clinic=place.clinic, person=client, address=address, at=now, by=client)
    await identity_contacts.put(tx, contact)
    browser = IdentifiedBrowser(id=new_id(), identified_at=now, expires_at=now + timedelta(days=30))
    await identified_browsers.add(tx, place.clinic, client, browser, secret)
    place.ids["browser"] = browser.id


async def _plant_way(tx: Transaction, place: Place, now: datetime) -> None:
    """A leave with words beside it, and an inquiry of somebody who is no client yet."""
    leave = Act(
        id=new_id(), enrolment=place.ids["enrolment"], kind="leave", from_on=now.date() + timedelta(days=60), number=0,
        recorded_at=now,
    )  # fmt: skip
    await acts.record(tx, place.clinic, leave)
    place.ids["act"] = leave.id
    key = await data_keys.for_owner(tx, KEYS, place.clinic, place.ids["client"])
    sealed = key.encrypt(place.needle("words beside an act"), leave.id)
    await acts.keep_words(tx, place.clinic, acts.Words(act=leave.id, data_key=key.id, sealed=sealed))
    asks = Inquiry(
        id=new_id(), program=place.ids["program"], name=place.needle("who asked"), may_leave_message=False, heard="",
        reach=place.needle("how to reach who asked"), asked_at=now,
    )  # fmt: skip
    await inquiries.create(tx, place.clinic, asks)
    place.ids["inquiry"] = asks.id


async def _invite(tx: Transaction, place: Place, now: datetime) -> None:
    """A guest of the client, with a release and a link to the session."""
    clinic, ids = place.clinic, place.ids
    guest = Person(id=new_id(), display_name=place.needle("a guest's name"), external_id=None, email=None)
    await persons.create(tx, clinic, guest)
    tie = Tie(guest=guest.id, client=ids["client"], relation="parent", made_at=now, made_by=ids["author"])
    await ties.create(tx, clinic, tie)
    release = Consent(
        id=new_id(), client=ids["client"], recipient_id=guest.id, purpose="involvement_in_care", scopes=("attend",),
        signed_at=now, expires_at=now + timedelta(days=30), given="paper", filed_by=ids["author"], filed_at=now,
    )  # fmt: skip
    await consents.file(tx, clinic, release)
    link = GuestLink(
        id=new_id(), clinic=clinic, guest=guest.id, consent=release.id, role=tie.role, opens=ids["session"],
        created_at=now, created_by=ids["author"], expires_at=now + timedelta(days=30),
    )  # fmt: skip
    secret = place.keep("a secret", random_secrets.new())
    await guest_links.create(tx, link, random_secrets.digest(secret))
    ids["guest"], ids["guest_link"] = guest.id, link.id


async def _write_notes(tx: Transaction, place: Place, author: str) -> None:
    kinds: tuple[tuple[NoteKind, str], ...] = (
        ("progress", "a signed note"),
        ("sud_counselling", "a counselling note"),
        ("private_reflection", "a private reflection"),
    )
    for kind, needle in kinds:
        note = place.note(author, kind)
        version = Version(number=1, author=author, at=EVENING, nonce=bytes(32), text=place.needle(needle))
        await notes.write(tx, KEYS, note, version)
        signature = Signature(version=1, signer=author, at=EVENING, digest=version.digest)
        await notes.append_signature(tx, note, signature)
    await _type(tx, place, author)


async def _type(tx: Transaction, place: Place, author: str) -> None:
    """A draft on the whole group, which nobody has signed yet."""
    key_id, sealed = drafts.seal(bytes(PrivateKey(PRIVATE).public_key), place.needle("a draft of a note"))
    draft = SealedDraft(
        clinic=place.clinic, session=place.ids["session"], client=None, kind="progress", author=author, revision=1,
        at=EVENING, key_id=key_id, sealed=sealed,
    )  # fmt: skip
    await drafts.save(tx, draft)
    place.ids["note"] = draft.note.id
