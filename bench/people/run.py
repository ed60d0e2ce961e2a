"""One run: two clinics full of clients, and how long each search and each page of the list takes."""

import random
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import date

import asyncpg
import msgspec

from bench.ledger.installation import Installation
from bench.people.crowd import Invented, fill, invented, typed
from bench.report import Figure, judged
from runtime.clock import new_id
from store.database import Database, Transaction
from store.people import finding
from store.people.finding import Wanted

TODAY = date(2026, 11, 28)
AIM_MS = 50.0
PAGE = 101


class Sizes(msgspec.Struct, frozen=True):
    """How many clients the large clinic has, and how often is searched."""

    clients: int
    searches: int


FULL = Sizes(100_000, 2_000)
QUICK = Sizes(5_000, 200)

Question = Callable[[Transaction], Awaitable[list[str]]]


async def measure(installation: Installation, sizes: Sizes) -> list[Figure]:
    """All figures of one run."""
    application_url, owner_url = await installation.fresh_database("people")
    chance = random.Random(1)
    owner = await asyncpg.connect(owner_url)
    clinic, program, people = await _clinic(owner, sizes.clients, chance)
    await _clinic(owner, sizes.clients // 10, chance)
    await owner.execute("ANALYZE")
    await owner.close()

    def search(text: str, program: str | None = None) -> Question:
        return lambda tx: finding.found(tx, clinic, Wanted(today=TODAY, text=text, program=program))

    def listed(program: str | None = None) -> Question:
        return lambda tx: finding.listed(tx, clinic, Wanted(today=TODAY, program=program), None, PAGE)

    texts = list(typed(people, sizes.searches, chance))
    within = [search(text, program) for text in texts[: sizes.searches // 5]]
    async with Database.open(application_url) as database:
        return [
            await _figure(database, f"a search among {sizes.clients:,}", [search(text) for text in texts], AIM_MS),
            await _figure(database, "the same, of those in one program", within),
            await _figure(database, "the first page of the list", [listed()] * 50, AIM_MS),
            await _figure(database, "the first page of one program", [listed(program)] * 50, AIM_MS),
        ]


async def _clinic(owner: asyncpg.Connection, size: int, chance: random.Random) -> tuple[str, str, list[Invented]]:
    """A clinic with eight programs and so many clients: its id, one of its programs, and the clients."""
    clinic, phases = new_id(), [(new_id(), new_id()) for _ in range(8)]
    await owner.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Bench', 'UTC')", clinic)
    for program, phase in phases:
        await owner.execute(
            """
            INSERT INTO programs (id, clinic_id, name, timezone, week_start, policy_id, policy_version)
            VALUES ($1, $2, 'Evening', 'UTC', 'monday', 'evening-sud', 1)
            """,
            program, clinic,
        )  # fmt: skip
        await owner.execute(
            "INSERT INTO phases (clinic_id, id, program_id, position, name) VALUES ($1, $2, $3, 1, 'Phase 1')",
            clinic, phase, program,
        )  # fmt: skip
    people = list(invented(size, chance))
    await fill(owner, clinic, phases, people, TODAY)
    return clinic, phases[0][0], people


async def _figure(database: Database, what: str, questions: Iterable[Question], aim: float | None = None) -> Figure:
    took = sorted([await _took(database, question) for question in questions])
    middle, late = took[len(took) // 2], took[int(len(took) * 0.99)]
    said = f"p50 {middle:.1f} ms, p99 {late:.1f} ms"
    return Figure(what, said) if aim is None else judged(what, said, f"p99 below {aim:.0f} ms", late < aim)


async def _took(database: Database, question: Question) -> float:
    started = time.perf_counter()
    async with database.transaction() as tx:
        await question(tx)
    return (time.perf_counter() - started) * 1_000
