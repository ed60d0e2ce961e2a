"""Rebuild of all projections: attendance and hour totals of whole evenings, derived from the ledger again."""

import itertools
import time
from collections.abc import Callable

import asyncpg

from bench.ledger.clinic import Clinic
from bench.ledger.evenings import rows
from bench.ledger.facts.shipping import copy
from store.database import Database
from workers.rebuild import rebuild

CHUNK = 20_000


async def fill(
    owner: "asyncpg.Connection[asyncpg.Record]", clinic: Clinic, events: int, advance: Callable[[int], None]
) -> int:
    """Put at least `events` facts of whole evenings into the ledger; returns how many."""
    made, coming = 0, rows(clinic, events)
    while chunk := list(itertools.islice(coming, CHUNK)):
        await copy(owner, "ledger", chunk)
        made += len(chunk)
        advance(len(chunk))
    await owner.execute("ANALYZE ledger")
    return made


async def rate(url: str, events: int, progress: Callable[[int, int], None]) -> float:
    """Events per second, for a rebuild over a ledger of `events`."""
    async with Database.open(url, unhurried=True) as database:
        began = time.perf_counter()
        await rebuild(database, progress)
        return events / (time.perf_counter() - began)
