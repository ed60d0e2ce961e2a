"""One hash over all clinics' closings up to a day: what an operator keeps where nobody can change it."""

import asyncio
from datetime import date

from domain.chain import day_root
from domain.closings import fingerprint
from runtime.settings import DatabaseSettings
from store import closings, ledger
from store.database import Database, Transaction
from vesper.answers import tell

DIFFERENT = 1
"""The exit code when the root is not the one that was kept."""


def main(settings: DatabaseSettings, day: date, expected: str | None, as_json: bool) -> int:
    """Print the root, and return the exit code."""

    async def run() -> dict[str, str]:
        async with Database.open(settings.database_url) as database, database.transaction() as tx:
            return await fingerprints(tx, day)

    found = asyncio.run(run())
    root = day_root({clinic: bytes.fromhex(end) for clinic, end in found.items()}).hex()
    differs = expected is not None and expected.strip().lower() != root
    verdict = "" if expected is None else "\nIt is NOT the one you kept." if differs else "\nIt is the one you kept."
    lines = [f"{clinic}  {end}" for clinic, end in found.items()] + [f"{day}  {root}  ({len(found)} clinics)"]
    answer = {"day": day, "root": root, "clinics": found, "expected": None if expected is None else not differs}
    tell(as_json, answer, "\n".join(lines) + verdict)
    return DIFFERENT if differs else 0


async def fingerprints(tx: Transaction, day: date) -> dict[str, str]:
    """Of each clinic's last closing up to a day, by clinic, in order; clinics that have none are left out."""
    found = {clinic: await closings.last(tx, clinic, day) for clinic in await ledger.clinics(tx)}
    return {clinic: fingerprint(last) for clinic, last in sorted(found.items()) if last is not None}
