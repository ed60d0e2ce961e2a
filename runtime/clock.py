"""Time and chance for the shells: the one reader of the clock and the one maker of ids."""

from datetime import UTC, datetime

import uuid_utils


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one reader of the clock


def new_id() -> str:
    """A UUIDv7: unique for ever, and sorted by the millisecond it was made in."""
    return str(uuid_utils.uuid7())
