"""One run: every measure in turn, in one installation, and its figures."""

import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.clinic import Clinic
from bench.ledger.installation import Installation
from bench.minutes import core, crowds, peer, sharing, stored
from bench.minutes.sizes import Sizes
from bench.minutes.stored import Among
from bench.report import Figure, judged
from domain.attendance.facts import SessionFacts
from domain.policy import Policy
from store.database import Database

SQL_AIM, WHY_AIM = 1.0, 150_000
WITHOUT_BRIDGES = Policy(bridge_max_s=0)
"""The SQL bridges nothing: under this policy both must give the same seconds."""


class Stage(msgspec.Struct, frozen=True):
    """The arguments of every measure."""

    installation: Installation
    sizes: Sizes
    progress: Progress


class Different(Exception):
    """Two ways to the same answer gave different ones, so the measurements mean nothing."""


async def measure(stage: Stage) -> list[Figure]:
    """All figures of one run.

    Raises:
        Different: the SQL's seconds differ from the core's, or the restated bytes from the incrementally read ones.
    """
    figures = await _comparing(stage)
    figures += await crowds.measure(stage.installation, stage.sizes, stage.progress)
    figures += await sharing.measure(stage.installation, stage.sizes, stage.progress)
    application_url, owner_url = await stage.installation.fresh_database("restating")
    async with Database.open(application_url, unhurried=True) as database:
        clinic = await clinics.found(database, 1)
        facts = await _filled(stage, owner_url, clinic)
        figures += await _reading(stage, database, clinic, facts)
        return figures + await _restating(stage, database, facts)


async def _comparing(stage: Stage) -> list[Figure]:
    """Measure core and SQL in alternating rounds; the best round of each counts, as the least disturbed."""
    sessions = core.in_memory(stage.sizes.compared, Policy())
    facts, rounds = core.facts_in(sessions), stage.sizes.rounds
    _, owner_url = await stage.installation.fresh_database("comparing")
    owner = await asyncpg.connect(owner_url)
    await peer.load(owner, sessions)
    agree(await peer.seconds(owner), core.seconds(_under(WITHOUT_BRIDGES, sessions)), "the SQL's seconds")
    task = stage.progress.add_task("The core against SQL, in memory", total=rounds * 3)
    sql, totals, why = [], [], []
    for _ in range(rounds):
        sql.append(await peer.time_taken(owner))
        stage.progress.advance(task)
        totals.append(core.time_taken(sessions, explain=False))
        stage.progress.advance(task)
        why.append(core.time_taken(sessions, explain=True))
        stage.progress.advance(task)
    await owner.close()
    return _compared(facts / min(sql), facts / min(totals), facts / min(why))


def _compared(sql: float, totals: float, why: float) -> list[Figure]:
    against = f"{totals:,.0f} events/s per core, {totals / sql:.2f} × SQL ({sql:,.0f} events/s)"
    return [
        judged("totals from decoded events in memory", against, f"≥ {SQL_AIM} × SQL", totals >= SQL_AIM * sql),
        judged("… with derivation", f"{why:,.0f} events/s per core", f"≥ {WHY_AIM:,} events/s", why >= WHY_AIM),
    ]


async def _filled(stage: Stage, owner_url: str, clinic: Clinic) -> int:
    task = stage.progress.add_task("Filling a ledger", total=stage.sizes.restated)
    owner = await asyncpg.connect(owner_url)
    facts = await stored.fill(
        owner, [clinic], Among(stage.sizes.restated), lambda count: stage.progress.advance(task, count)
    )
    await owner.close()
    return facts


async def _reading(stage: Stage, database: Database, clinic: Clinic, facts: int) -> list[Figure]:
    fetching, decoding = await stored.reading(database, clinic, min(facts, stage.sizes.compared))
    read = min(facts, stage.sizes.compared)
    return [
        Figure("fetching facts from Postgres", f"{read / fetching:,.0f} events/s"),
        Figure("decoding them", f"{read / decoding:,.0f} events/s per core"),
    ]


async def _restating(stage: Stage, database: Database, facts: int) -> list[Figure]:
    progress = stage.progress
    reading = progress.add_task("The worker reads the ledger as it grew", total=facts)
    incremental = await stored.catch_up(database, lambda count: progress.advance(reading, count))
    progress.update(reading, completed=facts)
    before = await stored.fingerprint(database)
    again = progress.add_task("Deriving everything again", total=None)
    full = await stored.restate(database, lambda done, total: progress.update(again, completed=done, total=total))
    agree(before, await stored.fingerprint(database), "the restated projections")
    figure = f"{facts / full:,.0f} events/s, {full:,.0f} s"
    return [
        Figure(f"the worker over {facts:,} events as they came", f"{facts / incremental:,.0f} events/s"),
        judged(f"restatement of {facts:,} events, end to end", figure, "the same bytes", True),
    ]


def _under(policy: Policy, sessions: list[SessionFacts]) -> list[SessionFacts]:
    return [msgspec.structs.replace(session, policy=policy) for session in sessions]


def agree(one: object, other: object, what: str) -> None:
    """End the run unless both are the same.

    Raises:
        Different: they are not.
    """
    if one != other:
        raise Different(f"{what} differ")
