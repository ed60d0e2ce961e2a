"""`vesper migrate`: bring the schema up to date."""

import asyncio
import sys

from runtime.errors import CannotStart
from runtime.settings import MigrationSettings
from store.migrate import MigrationRefused, migrate
from vesper.answers import print_answer


def _report(migration: str, rows: int) -> None:
    """Print one line for each portion of a migration that moves many rows."""
    if rows:
        print(f"{migration}: {rows:,} rows", file=sys.stderr, flush=True)


def bring_up_to_date(settings: MigrationSettings, as_json: bool) -> None:
    """Migrate, and print the names of the applied migrations."""
    try:
        applied = asyncio.run(migrate(settings.owner_database_url, progress=_report))
    except MigrationRefused as error:
        raise CannotStart(str(error)) from error
    print_answer(as_json, {"applied": applied}, f"Applied: {', '.join(applied)}." if applied else "Already up to date.")
