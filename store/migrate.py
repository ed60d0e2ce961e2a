"""The schema's history: `store/migrations/NNNN_*.sql`, each applied once, in order, by the owning role.

A file `NNNN_*.repeat.sql` moves many rows: it holds one statement that moves the next rows and returns their number.
It is repeated until that is 0, each time in its own transaction, so that a stopped migration can continue.
"""

import hashlib
import importlib.resources
from collections.abc import Callable, Sequence

import asyncpg
import msgspec

from domain.errors import DatabaseAway

_TURN = 8_236_001
"""The advisory lock on which concurrent migrations take turns."""

_HISTORY_SQL = """
CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationRefused(Exception):
    """The schema cannot be brought up to date; the text is one sentence that says why and what to do."""


class Migration(msgspec.Struct, frozen=True):
    """One file: its name without the ending, its SQL, and whether it is repeated."""

    name: str
    sql: str
    repeated: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hex."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def shipped() -> tuple[Migration, ...]:
    """The migrations that come with this release, in order."""
    files = importlib.resources.files("store.migrations").iterdir()
    found = [_read(file.name, file.read_text()) for file in files if file.name.endswith(".sql")]
    return tuple(sorted(found, key=lambda migration: migration.name))


def _read(file: str, sql: str) -> Migration:
    return Migration(file.removesuffix(".sql").removesuffix(".repeat"), sql, file.endswith(".repeat.sql"))


Progress = Callable[[str, int], None]
"""Called with a migration's name, and the number of rows it has moved so far."""


async def migrate(
    owner_url: str, migrations: Sequence[Migration] | None = None, progress: Progress = lambda _name, _rows: None
) -> list[str]:
    """Apply the missing migrations, each in its own transaction; returns the names applied.

    Raises:
        MigrationRefused: a file was changed after it was applied, the database is newer than this release, or a
            file's SQL fails.
        DatabaseAway: no database answers at `owner_url`, or the connection was lost; what was committed stays, and
            another run continues from there.
    """
    wanted = shipped() if migrations is None else migrations
    try:
        connection = await asyncpg.connect(owner_url, timeout=10)
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
        raise MigrationRefused(f"The database refuses the role, password or name in its address: {error}.") from error
    except (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError) as error:
        raise DatabaseAway from error
    try:
        return [migration.name for migration in wanted if await _applied(connection, migration, wanted, progress)]
    except Exception as error:
        if connection.is_closed():
            raise DatabaseAway from error
        raise
    finally:
        await connection.close()


async def _applied(
    connection: "asyncpg.Connection[asyncpg.Record]",
    migration: Migration,
    wanted: Sequence[Migration],
    progress: Progress,
) -> bool:
    """Apply the migration if it is missing; True when it was."""
    moved = 0
    while (rows := await _apply(connection, migration, wanted)) is not None:
        moved += rows
        progress(migration.name, moved)
        if not rows:
            return True
    return False


async def _apply(
    connection: "asyncpg.Connection[asyncpg.Record]", migration: Migration, wanted: Sequence[Migration]
) -> int | None:
    """Run the migration once: the number of rows moved, 0 when it is complete; None when it had been applied before."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _TURN)
        await connection.execute(_HISTORY_SQL)
        applied = {row["name"]: row["sha256"] for row in await connection.fetch("SELECT name, sha256 FROM migrations")}
        _check_history(applied, wanted)
        if migration.name in applied:
            return None
        moved = 0
        try:
            if migration.repeated:
                moved = int(await connection.fetchval(migration.sql))
            else:
                await connection.execute(migration.sql)
        except asyncpg.PostgresError as error:
            raise MigrationRefused(f"Migration {migration.name} failed and was undone: {error}.") from error
        if not moved:
            insert = "INSERT INTO migrations (name, sha256) VALUES ($1, $2)"
            await connection.execute(insert, migration.name, migration.digest)
        return moved


def _check_history(applied: dict[str, str], wanted: Sequence[Migration]) -> None:
    known = {migration.name: migration.digest for migration in wanted}
    for name, digest in applied.items():
        if name not in known:
            raise MigrationRefused(
                f"The database has migration {name}, which this release does not know; use a newer one."
            )
        if known[name] != digest:
            raise MigrationRefused(
                f"Migration {name} was changed after it was applied; put the file back and write a new one instead."
            )
