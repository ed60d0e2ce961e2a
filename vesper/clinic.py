"""`vesper create-clinic`: a real clinic, and the link with which its administrator begins."""

import asyncio
from zoneinfo import ZoneInfo

import msgspec

from domain.access.first_runs import LIFE
from domain.errors import Conflict, InvalidInput, NotFound
from runtime.clock import new_id, now
from runtime.secrets import random_secrets
from runtime.settings import SeedSettings
from store.access import first_runs
from store.database import Database, Transaction
from store.people import clinics
from store.people.clinics import Clinic
from vesper.answers import print_answer


class NewClinic(msgspec.Struct, frozen=True):
    """The clinic to create; `timezone` is an IANA name. `again`: it was created, and needs another link."""

    name: str
    timezone: str
    again: bool = False


class Created(msgspec.Struct, frozen=True):
    """The link that makes the clinic's first administrator. It works once, for an hour, and is shown only here."""

    clinic: str
    url: str


def create_and_show(settings: SeedSettings, wanted: NewClinic, as_json: bool) -> None:
    """Create the clinic, and print the link with which its administrator begins.

    Raises:
        Conflict, InvalidInput, NotFound
    """
    _check(wanted)
    created = asyncio.run(_create(settings, wanted))
    print_answer(as_json, created, f"Open this within an hour; it works once:\n{created.url}")


def _check(wanted: NewClinic) -> None:
    if not wanted.name.strip():
        raise InvalidInput("The clinic needs a name.")
    try:
        ZoneInfo(wanted.timezone)
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder of zones
        raise InvalidInput(f"{wanted.timezone} is not a time zone; give an IANA name like America/New_York.") from None


async def _create(settings: SeedSettings, wanted: NewClinic) -> Created:
    secret = random_secrets.new()
    async with Database.open(settings.database_url) as database, database.transaction() as tx:
        clinic = await (_begun if wanted.again else _new)(tx, wanted)
        if not await first_runs.put(tx, clinic.id, random_secrets.digest(secret), now() + LIFE):
            raise Conflict(
                f"{clinic.name} has an administrator, who signs in and goes on. "
                "If they forgot their password, run `vesper reset-link EMAIL`."
            )
    return Created(clinic.id, f"{settings.public_origin}/first-run#{secret}")


async def _new(tx: Transaction, wanted: NewClinic) -> Clinic:
    if await clinics.named(tx, wanted.name):
        raise Conflict(f"There is a clinic called {wanted.name} already. For a new link to it, add --again.")
    clinic = Clinic(id=new_id(), name=wanted.name, timezone=wanted.timezone)
    await clinics.create(tx, clinic)
    return clinic


async def _begun(tx: Transaction, wanted: NewClinic) -> Clinic:
    clinic = await clinics.named(tx, wanted.name)
    if clinic is None:
        raise NotFound(f"There is no clinic called {wanted.name}. Check how it is spelt, or leave out --again.")
    return clinic
