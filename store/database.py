"""The pool, from which the other modules get transactions and notifications without knowing the driver."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import asyncpg

from domain.errors import DatabaseAway
from store.errors import passes
from store.patience import Patience

if TYPE_CHECKING:
    Transaction: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    """A connection inside a transaction: `fetch`, `fetchrow`, `fetchval`, `execute`, `executemany`."""
else:
    Transaction = asyncpg.Connection

UniqueViolation = asyncpg.UniqueViolationError
"""A value that must be unique is there already."""

MAX_CONNECTIONS = 10
"""Connections per process; a further request waits for one, at most `ACQUIRE_SECONDS`."""
ACQUIRE_SECONDS = 10
CONNECT_SECONDS = 5
STATEMENT_TIMEOUT = "15s"
LOCK_TIMEOUT = "12s"
"""Less than `STATEMENT_TIMEOUT`, so that a wait for a lock fails as one, and not as a slow statement."""
IDLE_IN_TRANSACTION_TIMEOUT = "5s"
"""Appends take turns, so an idle transaction holds up all others."""
TRANSACTION_SECONDS = 60.0
"""The server enforces `STATEMENT_TIMEOUT`; this limit covers a server that hangs, or that the network has lost."""
RECONNECT_SECONDS = 1.0
PROBE_SECONDS = 10.0
"""Seconds between probes of a silent listening connection."""

_LOCKED_OUT = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
"""A wrong password, role or database name; the server's message names the role or the database."""


class Database:
    """An open pool. Rows come with uuids as text, json as undecoded text, and instants aware in UTC."""

    def __init__(
        self, url: str, pool: "asyncpg.Pool[asyncpg.Record]", limit: float, patience: Patience | None = None
    ) -> None:
        self._url = url
        self._pool = pool
        self._limit = limit
        self._patience = patience

    @classmethod
    @contextlib.asynccontextmanager
    async def open(
        cls, url: str, *, unhurried: bool = False, statement_timeout: str = STATEMENT_TIMEOUT
    ) -> AsyncIterator[Self]:
        """A pool to the database at `url`, closed on the way out.

        `unhurried` lifts the time limits of transactions and statements, for work over all the records.
        Postgres ends a statement that takes longer than `statement_timeout`.

        Raises:
            DatabaseAway: no database answers there now.
        """
        pool = asyncpg.create_pool(
            url,
            min_size=1,
            max_size=MAX_CONNECTIONS,
            init=_prepare,
            setup=_take_time if unhurried else None,
            timeout=CONNECT_SECONDS,
            server_settings=_SETTINGS | {"statement_timeout": statement_timeout},
        )
        try:
            await pool
        except _LOCKED_OUT as error:
            raise DatabaseAway(f"The database refuses the role, password or name in its address: {error}.") from error
        except Exception as error:
            if not _is_away(error):
                raise
            raise DatabaseAway from error
        try:
            yield cls(url, pool, math.inf if unhurried else TRANSACTION_SECONDS)
        finally:
            pool.terminate()

    def patient_for(self, seconds: float) -> "Database":
        """The same pool, for a caller whose transactions may wait at most this long in all."""
        return Database(self._url, self._pool, self._limit, Patience(seconds))

    def limited_to(self, seconds: float) -> "Database":
        """The same pool, for a caller whose transactions each take less than this, unless they hang."""
        return Database(self._url, self._pool, seconds)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Raises:
            DatabaseAway: there was no connection, or it was lost, or the database cannot do this now
                (`store/errors.py`). The transaction is rolled back, unless the connection was lost during the commit
                itself, so repeat only what may be repeated.
        """
        patience = self._patience or Patience(self._limit)
        deadline = patience.deadline()
        try:
            connection = await self._pool.acquire(timeout=min(ACQUIRE_SECONDS, patience.left))
        except Exception as error:
            patience.spent(deadline)
            if not _is_away(error):
                raise
            raise DatabaseAway from error
        try:
            with patience.ending(connection.terminate, deadline):
                with _announcing(connection) as announced:
                    async with connection.transaction():
                        yield connection
                await _notify(connection, announced)
        except Exception as error:
            if not passes(error):
                raise
            if self._patience is None and not patience.left:  # it hangs, and so may the idle ones
                await self._pool.expire_connections()
            raise DatabaseAway from error
        finally:
            await self._release(connection)

    async def _release(self, connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> None:
        try:
            await self._pool.release(connection)
        except Exception as error:
            if not _is_away(error):  # a lost connection has nothing to give back
                raise

    async def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """Call `heard` with each notification's payload, for as long as the task runs.

        Notifications are lost while there is no connection: `heard` is called with "" after each reconnection, so
        that the caller reads the tables itself.
        """
        while True:
            try:
                await self._listen_once(channel, heard)
            except Exception as error:
                if not _is_away(error):
                    raise
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self, channel: str, heard: Callable[[str], None]) -> None:
        connection = await asyncpg.connect(self._url, timeout=CONNECT_SECONDS)
        try:
            closed = asyncio.Event()
            connection.add_termination_listener(lambda _: closed.set())
            await connection.add_listener(channel, lambda *notification: heard(str(notification[-1])))
            heard("")
            while not closed.is_set():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PROBE_SECONDS):  # `wait_for` may swallow a cancellation
                        await closed.wait()
                await connection.execute("SELECT", timeout=CONNECT_SECONDS)
        finally:
            connection.terminate()


_announced: dict[int, set[tuple[str, str]]] = {}
"""By the `id()` of an open transaction, the (channel, payload) notifications that are due once it has committed."""


def announce(tx: Transaction, channel: str, payloads: Iterable[str]) -> None:
    """Send these notifications once the transaction has committed; they may be lost.

    They are not sent within it: in a Postgres cluster, transactions that notify commit one at a time, and each would
    hold up the others while its commit is flushed.
    """
    _announced[id(tx)].update((channel, payload) for payload in payloads)


@contextlib.contextmanager
def _announcing(tx: Transaction) -> Iterator[set[tuple[str, str]]]:
    announced = _announced[id(tx)] = set()
    try:
        yield announced
    finally:
        del _announced[id(tx)]


async def _notify(connection: Transaction, announced: set[tuple[str, str]]) -> None:
    """Send the notifications. A failure does not matter: the commit is done, and listeners also read the tables."""
    if not announced:
        return
    try:
        await connection.execute(
            "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS news (channel, payload)",
            *columns(sorted(announced), 2),
        )
    except Exception as error:
        if not passes(error):
            raise


def _is_away(error: Exception) -> bool:
    """Whether an error while connecting may pass; there the network raises errors that the driver does not know."""
    return passes(error) or isinstance(error, OSError)


@contextlib.asynccontextmanager
async def savepoint(tx: Transaction) -> AsyncIterator[None]:
    """A part of a transaction: when the block raises, only this part is rolled back.

    Raises:
        DatabaseAway: the connection was lost.
    """
    try:
        async with tx.transaction():
            yield
    except Exception as error:
        if not passes(error):
            raise
        raise DatabaseAway from error


async def database_time(tx: Transaction) -> datetime:
    """The database's clock, which dates all records, in whole seconds."""
    now: datetime = await tx.fetchval("SELECT date_trunc('second', clock_timestamp())")
    return now


def columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    """The rows, of `count` values each, as one array per column, which `unnest` takes.

    Ids are sent as text and Postgres casts them to uuid: the driver would call Python for each.
    """
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(count)]


_SETTINGS = {
    "application_name": "vesper",
    "timezone": "UTC",
    "statement_timeout": STATEMENT_TIMEOUT,
    "lock_timeout": LOCK_TIMEOUT,
    "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_TIMEOUT,
}


async def _prepare(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    await connection.set_type_codec("uuid", encoder=str, decoder=str, schema="pg_catalog")


async def _take_time(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> None:
    """Lift the limits by name where they exist: only Postgres 17 and newer limit a whole transaction."""
    await connection.execute(
        "SELECT set_config(name, '0', false) FROM pg_settings "
        "WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout')"
    )
