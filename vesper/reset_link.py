"""`vesper reset-link`: the link that sets a new password, for whoever may use the server's command line."""

import asyncio

import msgspec

from domain.errors import NotFound
from runtime.clock import new_id, now
from runtime.secrets import random_secrets
from runtime.settings import SeedSettings
from store.access import password_resets
from store.access.password_resets import Reset
from store.database import Database
from store.people import passwords
from vesper.answers import print_answer


class ResetLink(msgspec.Struct, frozen=True):
    """The link, which works once, for thirty minutes."""

    url: str


def make_and_show(settings: SeedSettings, email: str, as_json: bool) -> None:
    """Make the link for the member of staff with that address, and print it.

    Raises:
        NotFound
    """
    made = asyncio.run(_make(settings, email))
    print_answer(as_json, made, made.url)


async def _make(settings: SeedSettings, email: str) -> ResetLink:
    secret, at = random_secrets.new(), now()
    async with Database.open(settings.database_url) as database, database.transaction() as tx:
        found = await passwords.of_address(tx, email, at)
        if found is None:
            raise NotFound("Nobody signs in with that address. Check how it is spelt.")
        reset = Reset(id=new_id(), clinic=found.clinic, person=found.person, created_at=at)
        await password_resets.create(tx, reset)
        await password_resets.put_digest(tx, reset.clinic, reset.id, random_secrets.digest(secret), at)
    return ResetLink(f"{settings.public_origin}/reset#{secret}")
