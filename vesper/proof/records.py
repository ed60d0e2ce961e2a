"""The commands over the records: ship a journal, rebuild, export."""

import asyncio
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from domain.proof.export import Export, encode
from runtime.clock import now
from runtime.errors import CannotStart
from runtime.settings import DatabaseSettings
from signaling.hosting.recovery import ship_and_close
from store.database import Database
from vesper.answers import print_answer
from vesper.proof.export import exported
from workers.rebuild import rebuild


def ship(settings: DatabaseSettings, folder: Path, as_json: bool) -> None:
    """Ship a dead node's journal, close the rooms it left open, and print the number of entries."""
    if not folder.is_dir():
        raise CannotStart(f"{folder} is not a folder; give the JOURNAL_DIR of the node that no longer runs.")

    async def run() -> int:
        async with Database.open(settings.database_url) as database:
            return await ship_and_close(folder, database, now())

    shipped = asyncio.run(run())
    print_answer(as_json, {"shipped": shipped}, f"{shipped} entries of {folder} are in the database.")


def rebuild_all(settings: DatabaseSettings, as_json: bool) -> None:
    """Derive every record and total from the ledger again, and print the number of sessions."""

    async def run(progress: Progress) -> int:
        task = progress.add_task("Computing the sessions again")
        async with Database.open(settings.database_url, unhurried=True) as database:
            return await rebuild(database, lambda done, total: progress.update(task, completed=done, total=total))

    with Progress(console=Console(stderr=True), disable=not Console(stderr=True).is_terminal) as progress:
        sessions = asyncio.run(run(progress))
    print_answer(as_json, {"sessions": sessions}, f"Computed {sessions} sessions again from the ledger.")


def export(settings: DatabaseSettings, session: str) -> None:
    """Print a session with everything that its minutes depend on.

    Raises:
        NotFound: no such session was ever planned.
    """

    async def run() -> Export:
        async with Database.open(settings.database_url) as database, database.transaction() as tx:
            return await exported(tx, session)

    print(encode(asyncio.run(run())).decode())
