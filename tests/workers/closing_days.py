"""Days that are over, and a key that closes them."""

from datetime import timedelta

from domain.events.ledger import DayClosed
from domain.ledger.closings import key_id
from runtime.secrets.signatures import Signer
from store.database import Database
from store.ledger import closing_keys, closings
from tests.workers.poison import Owner
from workers.closings import Closer

NO_MARGIN = timedelta(0)


async def published(owner_url: str) -> Signer:
    """Publish a key that has been valid for ten days."""
    signer = Signer.fresh()
    async with Database.open(owner_url) as owner, owner.transaction() as tx:
        await closing_keys.publish(tx, key_id(signer.public_key), signer.public_key)
        await tx.execute("UPDATE closing_keys SET valid_from = valid_from - interval '10 days'")
    return signer


async def long_ago(owner_url: str, days: int) -> None:
    """Move the recording of the whole ledger back by `days` days."""
    await Owner(owner_url).run(f"UPDATE ledger SET recorded_at = recorded_at - interval '{days} days'")


async def close(database: Database, signer: Signer, margin: timedelta = NO_MARGIN) -> None:
    """Close every day that is over."""
    await Closer(database, signer, margin).turn()


async def closed(database: Database, clinic: str) -> list[DayClosed]:
    """The clinic's closings, in order."""
    async with database.transaction() as tx:
        events = [fact.event for fact in await closings.recorded(tx, clinic)]
    return [event for event in events if isinstance(event, DayClosed)]
