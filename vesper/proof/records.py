"""The commands over the records: what they do between the settings and the line they print."""

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
from vesper.answers import tell
from vesper.proof.export import exported
from workers.rebuild import rebuild


def ship(settings: DatabaseSettings, folder: Path, as_json: bool) -> None:
    """Ship a dead node's journal, close what it left open, and print how many entries went."""
    if not folder.is_dir():
        raise CannotStart(f"{folder} is not a folder; give the JOURNAL_DIR of the node that no longer runs.")

    async def run() -> int:
        async with Database.open(settings.database_url) as database:
            return await ship_and_close(folder, database, now())

    shipped = asyncio.run(run())
    tell(as_json, {"shipped": shipped}, f"{shipped} entries of {folder} are in the database.")


def rebuild_all(settings: DatabaseSettings, as_json: bool) -> None:
    """Derive every record and total from the ledger again, and print for how many sessions."""

    async def run(progress: Progress) -> int:
        task = progress.add_task("Working the sessions out again")
        async with Database.open(settings.database_url, unhurried=True) as database:
            return await rebuild(database, lambda done, total: progress.update(task, completed=done, total=total))

    with Progress(console=Console(stderr=True), disable=not Console(stderr=True).is_terminal) as progress:
        sessions = asyncio.run(run(progress))
    tell(as_json, {"sessions": sessions}, f"Worked out {sessions} sessions again from the ledger.")


def export(settings: DatabaseSettings, session: str) -> None:
    """Print a session, with everything its minutes were worked out from.

    Raises:
        NotFound: no such session was ever planned.
    """

    async def run() -> Export:
        async with Database.open(settings.database_url) as database, database.transaction() as tx:
            return await exported(tx, session)

    print(encode(asyncio.run(run())).decode())
