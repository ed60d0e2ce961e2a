"""The contents of the ledger and its projections over all clinics, for tests with only one clinic."""

from domain.projection.gathering import Projection
from store.attendance import records
from store.database import Database, Transaction
from store.ledger import cursors
from store.ledger import facts as ledger
from store.ledger.facts import Recorded
from workers.consumer import BATCH, Consumer
from workers.consumer import consume as in_clinic


async def everything(tx: Transaction) -> list[Recorded]:
    """Every fact, clinic by clinic, in order of position."""
    return [fact for clinic in await ledger.clinics(tx) for fact in await ledger.read(tx, clinic, 0, 1_000_000)]


async def of_session(tx: Transaction, session: str) -> list[Recorded]:
    """Every fact of a session, in order of position."""
    return [fact for fact in await everything(tx) if fact.session_id == session]


async def records_of(tx: Transaction, session: str) -> Projection | None:
    """The records of a session, or None when none were computed yet."""
    clinic = await ledger.clinic_of(tx, session)
    return None if clinic is None else await records.find(tx, clinic, session)


async def consume(database: Database, consumer: Consumer, batch: int = BATCH) -> bool:
    """Handle each clinic's next batch; True when any clinic may have more."""
    async with database.transaction() as tx:
        clinics = await ledger.clinics(tx)
        for clinic in clinics:
            await cursors.begin(tx, consumer.name, clinic)
    return any([await in_clinic(database, consumer, clinic, batch) for clinic in clinics])
