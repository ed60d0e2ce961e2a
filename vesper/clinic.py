"""`vesper create-clinic`: a real clinic, and the administrator who adds the others."""

import asyncio
import contextlib
import secrets
from zoneinfo import ZoneInfo

import msgspec

from domain.errors import Conflict, InvalidInput
from domain.people.persons import Person
from runtime.clock import new_id, now
from runtime.secrets.passwords import Passwords
from runtime.settings import SeedSettings
from store.database import Database
from store.people import clinics, passwords, persons
from store.people.clinics import Clinic
from vesper.answers import print_answer


class NewClinic(msgspec.Struct, frozen=True):
    """The clinic to create; `administrator` is an e-mail address, `timezone` an IANA name."""

    name: str
    timezone: str
    administrator: str


class Created(msgspec.Struct, frozen=True):
    """What the administrator needs to sign in. The password is shown only once."""

    clinic: str
    origin: str
    email: str
    password: str


def create_and_show(settings: SeedSettings, wanted: NewClinic, as_json: bool) -> None:
    """Create the clinic and its administrator, and print how to sign in.

    Raises:
        Conflict, InvalidInput
    """
    _check(wanted)
    created = asyncio.run(_create(settings, wanted))
    print_answer(as_json, created, f"{created.origin}  {created.email}  {created.password}")


def _check(wanted: NewClinic) -> None:
    if not wanted.name.strip():
        raise InvalidInput("The clinic needs a name.")
    if "@" not in wanted.administrator.strip("@"):
        raise InvalidInput(f"{wanted.administrator} is not an e-mail address.")
    try:
        ZoneInfo(wanted.timezone)
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder of zones
        raise InvalidInput(f"{wanted.timezone} is not a time zone; give an IANA name like America/New_York.") from None


async def _create(settings: SeedSettings, wanted: NewClinic) -> Created:
    clinic = Clinic(id=new_id(), name=wanted.name, timezone=wanted.timezone)
    administrator = Person(
        id=new_id(),
        display_name="Administrator",
        email=wanted.administrator,
        external_id=None,
        staff_roles=("administrator",),
    )
    password = secrets.token_urlsafe(12)
    with contextlib.closing(Passwords(settings.password_memory_kib)) as hashing:
        hash = await hashing.hash(password)
    async with Database.open(settings.database_url) as database, database.transaction() as tx:
        if await clinics.named(tx, clinic.name):
            raise Conflict(f"There is a clinic called {clinic.name} already.")
        await clinics.create(tx, clinic)
        if not await persons.create(tx, clinic.id, administrator):
            raise Conflict("Another person already signs in with that e-mail address. Give a different one.")
        await passwords.replace(tx, clinic.id, administrator.id, hash, now())
    return Created(clinic.id, settings.public_origin, wanted.administrator, password)
