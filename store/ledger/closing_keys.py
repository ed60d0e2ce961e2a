"""Public keys that verify closings, each with its time of validity. Only the owner changes them."""

from datetime import datetime

import msgspec

from store.database import Transaction


class PublishedKey(msgspec.Struct, frozen=True):
    """A public key (Ed25519, 32 bytes), valid in `[valid_from, valid_until)`; None: until further notice."""

    id: str
    public_key: bytes
    valid_from: datetime
    valid_until: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        """Whether the key is valid for a closing signed at this instant."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


async def every(tx: Transaction) -> list[PublishedKey]:
    """All keys that were ever published, oldest first."""
    rows = await tx.fetch("SELECT id, public_key, valid_from, valid_until FROM closing_keys ORDER BY valid_from, id")
    return [PublishedKey(**row) for row in rows]


async def publish(tx: Transaction, id: str, public_key: bytes) -> bool:
    """Make a key valid from now on, by the database's clock; False when it was published before. Only for the owner."""
    done = await tx.execute(
        """
        INSERT INTO closing_keys (id, public_key, valid_from) VALUES ($1, $2, date_trunc('second', clock_timestamp()))
        ON CONFLICT DO NOTHING
        """,
        id,
        public_key,
    )
    return bool(done == "INSERT 0 1")


async def end(tx: Transaction, ids: list[str], in_seconds: int) -> int:
    """End the validity of these keys after `in_seconds`; returns how many were valid for longer. Only for the owner.

    It waits for every transaction that has read the keys, and then reads the clock.
    """
    await tx.execute("LOCK TABLE closing_keys IN ACCESS EXCLUSIVE MODE")
    done = await tx.execute(
        """
        UPDATE closing_keys SET valid_until = greatest(valid_from, clock_timestamp() + make_interval(secs => $2))
        WHERE id = ANY($1) AND (valid_until IS NULL OR valid_until > clock_timestamp() + make_interval(secs => $2))
        """,
        ids,
        in_seconds,
    )
    return int(done.split()[-1])
