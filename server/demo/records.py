"""The records of the demo's clients, all invented: two of them have one name, and names are of several scripts."""

from datetime import date, datetime

import msgspec

from domain.people.clients import Client, ContactWay, EmergencyContact, ExternalId
from domain.people.diagnoses import Diagnosis
from runtime.clock import new_id
from server.demo import clinic as demo_clinic
from store.database import Transaction
from store.people import clients, diagnoses, persons
from store.people.clients import Author


class DemoRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the demo's clinic knows of a client beside the name to use."""

    legal_name: str = ""
    born: date
    language: str = "en"
    state: str = "NY"
    phone: str
    email: str
    best_time: str = ""
    may_leave_message: bool = False
    emergency: EmergencyContact | None = None
    diagnoses: tuple[str, ...] = ("F10.20",)


RECORDS = {
    "Pat Morrow": DemoRecord(
        legal_name="Patricia Ann Morrow", born=date(1984, 3, 12), phone="+1 212-555-0134", email="pat@example.com",
        best_time="after 5, not at work", may_leave_message=True, diagnoses=("F10.20", "F41.1"),
        emergency=EmergencyContact(name="Lee Morrow", relation="brother", phone="+1 212-555-0199"),
    ),
    "Sam Okonjo": DemoRecord(
        born=date(1979, 11, 2), phone="+1 718-555-0142", email="sam.o@example.com", best_time="mornings",
        emergency=EmergencyContact(name="Ngozi Okonjo", relation="wife", phone="+1 718-555-0143"),
    ),
    "Imani Prewitt": DemoRecord(born=date(1995, 6, 30), state="NJ", phone="+1 201-555-0110", email="imani@example.com"),
    "Alba Trujano": DemoRecord(
        legal_name="Alba Lucía Trujano Méndez", born=date(1990, 1, 21), language="es", phone="+1 917-555-0107",
        email="alba@example.com", may_leave_message=True, diagnoses=("F11.20",),
    ),
    "Noor Haddix": DemoRecord(born=date(2001, 9, 9), phone="+1 646-555-0161", email="noor@example.com"),
}  # fmt: skip

WAITING = (
    ("Sam Okonjo", DemoRecord(born=date(1998, 4, 17), phone="+1 347-555-0155", email="samo98@example.com")),
    ("王小明", DemoRecord(
        legal_name="Xiaoming Wang", born=date(1988, 8, 8), language="zh",
        phone="+1 929-555-0188", email="xw@example.com"
    )),
    ("דנה כהן", DemoRecord(born=date(1993, 12, 1), phone="+1 315-555-0120", email="dana.k@example.com")),
)  # fmt: skip
"""Clients who are in no program yet."""


async def add(tx: Transaction, clinic: str, name: str, record: DemoRecord | None, now: datetime) -> Client:
    """A new client of that name, with what the demo has about them."""
    number = await tx.fetchval("SELECT count(*) FROM client_records WHERE clinic_id = $1", clinic)
    client = _client(name, number, record)
    author = await persons.with_email(tx, demo_clinic.STAFF["ruth"].email)
    by = author.person if author else None
    await clients.create(tx, clinic, client, Author(by=by, at=now))
    for position, code in enumerate(record.diagnoses if record and by else (), 1):
        given = Diagnosis(
            id=new_id(),
            code=code,
            starts_on=now.date(),
            ends_on=None,
            position=position,
            added_by=by or "",
            added_at=now,
        )
        await diagnoses.add(tx, clinic, client.id, given)
    return client


def _client(name: str, number: int, record: DemoRecord | None) -> Client:
    ids = [ExternalId(system="EHR", value=f"RB-{1000 + number}")]
    if record is None:
        return Client(id=new_id(), name=name, external_ids=ids)
    mobile = ContactWay(
        kind="mobile", value=record.phone, may_leave_message=record.may_leave_message, best_time=record.best_time
    )
    return Client(
        id=new_id(),
        name=name,
        legal_name=record.legal_name,
        date_of_birth=record.born,
        language=record.language,
        timezone=demo_clinic.TIMEZONE,
        home_state=record.state,
        contacts=[mobile, ContactWay(kind="email", value=record.email, may_leave_message=True)],
        emergency=record.emergency,
        external_ids=ids,
    )
