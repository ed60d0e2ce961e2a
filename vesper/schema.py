"""Bringing the schema up to date from the command line."""

import asyncio
import sys

from runtime.errors import CannotStart
from runtime.settings import MigrationSettings
from store.migrate import MigrationRefused, migrate
from vesper.answers import tell


def _report(migration: str, rows: int) -> None:
    """One line for each portion of a migration that moves many rows."""
    if rows:
        print(f"{migration}: {rows:,} rows", file=sys.stderr, flush=True)


def bring_up_to_date(settings: MigrationSettings, as_json: bool) -> None:
    """Migrate, and print which migrations were applied."""
    try:
        applied = asyncio.run(migrate(settings.owner_database_url, progress=_report))
    except MigrationRefused as error:
        raise CannotStart(str(error)) from error
    tell(as_json, {"applied": applied}, f"Applied: {', '.join(applied)}." if applied else "Already up to date.")
