"""One hash over all clinics' closings up to a day, for an operator to keep where nobody can change it."""

import asyncio
from datetime import date

from domain.ledger.chain import day_root
from domain.ledger.closings import fingerprint
from runtime.settings import DatabaseSettings
from store.database import Database, Transaction, database_time
from store.ledger import closings
from store.ledger import facts as ledger
from vesper.answers import print_answer

DIFFERENT = 1
"""The exit code when the root is not the expected one, or not one to keep yet."""
NOT_YET = "\nDo NOT keep it: that day is not closed everywhere yet, and later closings change it."


def main(settings: DatabaseSettings, day: date, expected: str | None, as_json: bool) -> int:
    """Print the root, and return the exit code."""

    async def run() -> tuple[dict[str, str], list[str]]:
        async with Database.open(settings.database_url) as database, database.transaction() as tx:
            return await fingerprints(tx, day), await still_open(tx, day)

    found, open_still = asyncio.run(run())
    root = day_root({clinic: bytes.fromhex(end) for clinic, end in found.items()}).hex()
    differs = expected is not None and expected.strip().lower() != root
    too_soon = expected is None and bool(open_still)
    verdict = "" if expected is None else "\nIt is NOT the one you kept." if differs else "\nIt is the one you kept."
    lines = [f"{clinic}  {end}" for clinic, end in found.items()] + [f"{day}  {root}  ({len(found)} clinics)"]
    lines += [f"{clinic}  is not closed yet" for clinic in open_still]
    answer = {
        "day": day, "root": root, "clinics": found, "open": open_still,
        "expected": None if expected is None else not differs,
    }  # fmt: skip
    print_answer(as_json, answer, "\n".join(lines) + (NOT_YET if too_soon else verdict))
    return DIFFERENT if differs or too_soon else 0


async def fingerprints(tx: Transaction, day: date) -> dict[str, str]:
    """By clinic, in order, the fingerprint of its last closing up to a day; clinics without one are left out."""
    found = {clinic: await closings.last(tx, clinic, day) for clinic in await ledger.clinics(tx)}
    return {clinic: fingerprint(last) for clinic, last in sorted(found.items()) if last is not None}


async def still_open(tx: Transaction, day: date) -> list[str]:
    """The clinics that may still get a closing for this day or before: a fact is open, or the day is not over."""
    clinics = await ledger.clinics(tx)
    if (await database_time(tx)).date() <= day:
        return clinics
    return [clinic for clinic in clinics if await _is_open(tx, clinic, day)]


async def _is_open(tx: Transaction, clinic: str, day: date) -> bool:
    last = await closings.last(tx, clinic)
    if last is not None and last.day >= day:
        return False
    return await closings.first_open(tx, clinic, last.last_position if last else 0, day) is not None
