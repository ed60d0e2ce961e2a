"""The end of a clinic's day: one digest over all facts recorded on it, signed and appended."""

import time
from datetime import UTC

import asyncpg
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.evenings import GROUP
from bench.ledger.facts import rebuilding
from bench.ledger.installation import Installation
from bench.ledger.sizes import Sizes
from bench.ledger.timing import milliseconds
from bench.report import Figure, judged
from domain.ledger.closings import key_id
from runtime.clock import now
from runtime.secrets.signatures import Signer
from store.database import Database
from store.ledger import closing_keys
from workers.closings import close_next

AIM_SECONDS = 1.0
FACTS = 100_000


class NotClosed(Exception):
    """There was no day to close, so there is no measurement."""


async def measure(installation: Installation, sizes: Sizes, progress: Progress) -> list[Figure]:
    """The time to close one day."""
    count = min(FACTS, sizes.events)
    task = progress.add_task("A day to close", total=count)
    application_url, owner_url = await installation.fresh_database("closing")
    async with Database.open(application_url) as database:
        clinic = await clinics.found(database, 8 * GROUP)
        owner = await asyncpg.connect(owner_url)
        facts = await rebuilding.fill(owner, clinic, count, lambda done: progress.advance(task, done))
        signer = Signer.fresh()
        async with owner.transaction():
            await closing_keys.publish(owner, key_id(signer.public_key), signer.public_key)
        await owner.close()
        began = time.perf_counter()
        if not await close_next(database, clinic.id, now().astimezone(UTC).date(), signer):
            raise NotClosed
        took = time.perf_counter() - began
    what = f"closing of a day with {facts:,} facts of one clinic"
    return [judged(what, milliseconds(took), f"< {milliseconds(AIM_SECONDS)}", took < AIM_SECONDS)]
