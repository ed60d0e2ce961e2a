"""Acts in the ledger: what a client's way through the program is made of, recorded with its author."""

from datetime import datetime

from domain.events.programs import EnrolmentChanged
from domain.ledger.streams import enrolment_stream
from domain.programs.acts import Act
from domain.programs.enrolments import Enrolment
from runtime.clock import fact_id
from store.database import Transaction
from store.ledger import streams
from store.programs import enrolments


async def enrol(tx: Transaction, clinic: str, enrolment: Enrolment, by: str | None, now: datetime) -> None:
    """Add an enrolment with the acts that it begins with. Call it last in the transaction."""
    for act in await enrolments.create(tx, clinic, enrolment, by, now):
        await append(tx, clinic, enrolment, act)


async def append(tx: Transaction, clinic: str, enrolment: Enrolment, act: Act) -> None:
    """Append the fact of an act, or of its withdrawal if it was withdrawn. Call it last in the transaction."""
    gone = act.withdrawn
    changed = EnrolmentChanged(
        id=fact_id(),
        at=act.recorded_at if gone is None else gone.at,
        enrolment=enrolment.id,
        client=enrolment.client,
        act=act.id,
        kind=act.kind if gone is None else "withdrawn",
        from_on=act.from_on,
        phase=act.phase,
        reason=act.reason,
        by=act.by if gone is None else gone.by,
    )
    await streams.record(tx, clinic, enrolment_stream(enrolment.id), changed, enrolment.client)
