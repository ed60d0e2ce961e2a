"""Which database errors may pass, and which last: the one module that reads the driver's classes and SQL states."""

import asyncpg

_PASSING_CLASSES = frozenset({"08", "28", "3D", "40", "53", "57", "58", "F0", "XX"})
"""Classes of SQL states (the first two characters) that say nothing about the rows: the connection, authorization,
a lost race, space on disk and in memory, an operator, a file, the server's own bugs and damage. A failover, a
restart, a full disk and a changed password all raise these, and all of them end."""
_PASSING_STATES = frozenset({"25006", "25P03", "25P04", "55P03", "55006"})
"""A server that only reads (a standby), a transaction that took too long, and locks that others hold."""
_LASTING_CLASSES = frozenset({"21", "22", "23", "44", "54"})
"""Values that fit no column, rows that a constraint forbids, and rows that are too large for the server."""

_GONE: tuple[type[Exception], ...] = (
    asyncpg.InterfaceError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.InternalClientError,
    ConnectionError,
    TimeoutError,
)
"""What the driver itself raises: for a lost connection, including one lost just before its use (the driver then finds
it in an unexpected state), and for a schema that a migration changed meanwhile."""


def passes(error: BaseException) -> bool:
    """Whether the same statement may succeed later, unchanged."""
    if isinstance(error, asyncpg.DataError):
        return False
    if isinstance(error, asyncpg.PostgresError) and (state := _state(error)):
        return state[:2] in _PASSING_CLASSES or state in _PASSING_STATES or isinstance(error, _GONE)
    return isinstance(error, _GONE)


def took_too_long(away: BaseException) -> bool:
    """Whether `DatabaseAway` means that a statement or a pause took longer than allowed. A wait for a lock does not
    count: the database ends it earlier, with an error of its own."""
    cause = away.__cause__
    return isinstance(cause, asyncpg.PostgresError) and _state(cause) in {"57014", "25P03", "25P04"}


def for_operator(error: BaseException) -> str | None:
    """What the operator has to put right first, as a sentence; None for other errors."""
    state = _state(error) if isinstance(error, asyncpg.PostgresError) else ""
    if state in {"42P01", "42703", "42883"}:
        return "The database does not have this release's schema; run this release's `vesper migrate` first."
    if state == "42501":
        return "The role in the database's address may not do this; OWNER_DATABASE_URL needs the owner's role."
    return None


def refused_for_ever(error: BaseException) -> str | None:
    """Why these rows can never be stored, naming kinds and columns but no value; None for other errors.

    The driver raises `ValueError` for a value that it cannot encode.
    """
    if isinstance(error, asyncpg.PostgresError) and (state := _state(error)):
        return _reason(error, state) if state[:2] in _LASTING_CLASSES else None
    return type(error).__name__ if isinstance(error, ValueError | OverflowError) else None


def _state(error: asyncpg.PostgresError) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _reason(error: asyncpg.PostgresError, state: str) -> str:
    places = [getattr(error, name, None) for name in ("table_name", "column_name", "constraint_name")]
    return " ".join([type(error).__name__, state, *(place for place in places if place)])
