"""The closings worker: when a clinic's UTC day is over, it hashes and signs the facts recorded on that day."""

import asyncio
import functools
import logging
import random
from datetime import UTC, date, datetime, timedelta

import msgspec

from domain.errors import DatabaseAway
from domain.events.ledger import DayClosed
from domain.ledger import closings as rules
from domain.ledger.streams import closing_stream
from domain.proof.export import from_hex
from runtime.clock import fact_id
from runtime.secrets.signatures import Signer, is_signed
from store.database import Database, Transaction, database_time
from store.errors import took_too_long
from store.ledger import closing_keys, closings, streams
from store.ledger import facts as ledger
from store.ledger.closings import DAY, OpenFact
from workers.consumer import repeat

log = logging.getLogger(__name__)

POLL_SECONDS = 60.0
MARGIN = timedelta(minutes=5)
"""How long after midnight a day counts as over, so that the database's clock may be set back a little."""
NO_KEY = "days are not closed because there is no CLOSING_KEY: make one with `vesper keys rotate`; nothing is missed"
UNPUBLISHED = (
    "days are not closed because CLOSING_KEY is not valid now: see `vesper keys list`, and make another with "
    "`vesper keys rotate`; nothing is missed"
)

AHEAD = "a clinic's days are not closed because its last closing is of a later day: the database's clock was ahead"


class LedgerHasHoles(Exception):
    """Facts are missing in the positions to close, so nothing is signed. `vesper verify` says which."""


class ClosingIsForged(Exception):
    """No published key signed the clinic's last closing, so nothing is closed after it. See `vesper verify`."""


class KeyHasEnded(Exception):
    """The key was ended while a closing was signed with it."""


async def follow(database: Database, key: bytes, margin: timedelta = MARGIN) -> None:
    """Close each clinic's days once they are over by `margin`, for as long as the task runs.

    Without a valid key it logs that once a day, and closes the open days when there is one.
    """
    closer = Closer(database, Signer(key) if key else None, margin)
    await repeat("closings", closer.turn, functools.partial(asyncio.sleep, POLL_SECONDS))


class Closer:
    """Closes the days of all clinics, one clinic after the other, once a day."""

    def __init__(self, database: Database, signer: Signer | None, margin: timedelta) -> None:
        self._database = database
        self._signer = signer
        self._margin = margin
        self._done: date | None = None
        """The last day that is closed for every clinic."""
        self._complained: date | None = None

    async def turn(self) -> bool:
        """Close all days that can be closed. Returns False always: the next look can wait."""
        async with self._database.transaction() as tx:
            over = (await database_time(tx) - self._margin).astimezone(UTC).date() - DAY
            clinics = await ledger.clinics(tx)
        if self._done == over or not clinics:
            return False
        signer = await self._good_signer(over)
        if signer is None:
            return False
        random.shuffle(clinics)  # parallel workers begin with different clinics
        if all([await self._close(clinic, over, signer) for clinic in clinics]):
            self._done = over
        return False

    async def _close(self, clinic: str, over: date, signer: Signer) -> bool:
        """Close the clinic through this day; False if that fails. A failure does not stop other clinics."""
        try:
            while await close_next(self._database, clinic, over, signer):
                pass
        except Exception as error:
            if isinstance(error, DatabaseAway) and not took_too_long(error):
                raise
            log.exception("a clinic's day could not be closed; it will be tried again", extra={"clinic": clinic})
            return False
        return True

    async def _good_signer(self, over: date) -> Signer | None:
        trouble = NO_KEY
        if self._signer is not None:
            async with self._database.transaction() as tx:
                if await _is_good(tx, self._signer, await database_time(tx)):
                    return self._signer
            trouble = UNPUBLISHED
        if self._complained != over:
            log.error(trouble, extra={"day": over.isoformat()})
            self._complained = over
        return None


async def close_next(database: Database, clinic: str, over: date, signer: Signer) -> bool:
    """Close the clinic's first open day, if it is not after `over`; True if there may be another.

    A day on which only a closing was recorded has no closing: that fact belongs to the next one. Closings cover
    positions without a gap, so nothing can be missing in between.

    Raises:
        ClosingIsForged, LedgerHasHoles, KeyHasEnded
    """
    async with database.transaction() as tx:
        last = await closings.last(tx, clinic)
        if last is not None and not await _is_believed(tx, last):
            raise ClosingIsForged
        first = await closings.first_open(tx, clinic, last.last_position if last else 0, over)
        if first is None:
            return False
        day = first.day if last is None else max(first.day, last.day + DAY)  # the database's clock was set back
        if day > over:
            log.error(AHEAD, extra={"clinic": clinic, "day": day.isoformat()})
            return False
        await ledger.take_turns(tx, [clinic])  # writers that recorded before midnight have committed
    closing = await _worked_out(database, clinic, msgspec.structs.replace(first, day=day), last, signer)
    await _append(database, closing, last, signer)
    return True


async def _worked_out(
    database: Database, clinic: str, first: OpenFact, last: DayClosed | None, signer: Signer
) -> DayClosed:
    """The signed closing of this fact's day."""
    after = last.last_position if last else 0
    async with database.transaction() as tx:
        end = await closings.end_of_day(tx, clinic, first.position, first.day)
        tree = await closings.tree(tx, clinic, after, end)
        closing = DayClosed(
            id=fact_id(),
            at=await database_time(tx),
            clinic=clinic,
            day=first.day,
            count=end - after,
            last_position=end,
            digest=tree.root().hex(),
            previous=rules.fingerprint(last) if last else rules.FIRST,
            key=rules.key_id(signer.public_key),
        )
    if tree.count != closing.count:
        raise LedgerHasHoles
    return msgspec.structs.replace(closing, signature=signer.sign(rules.text(closing)).hex())


async def _append(database: Database, closing: DayClosed, last: DayClosed | None, signer: Signer) -> None:
    """Append the closing, unless another worker was quicker.

    Ending a key waits for transactions that have read the keys, so no closing is appended under an ended key.
    """
    async with database.transaction() as tx:
        await ledger.take_turns(tx, [closing.clinic])
        if not await _is_good(tx, signer, closing.at):
            raise KeyHasEnded
        if await closings.last(tx, closing.clinic) == last:
            await streams.record(tx, closing.clinic, closing_stream(closing.clinic), closing)


async def _is_good(tx: Transaction, signer: Signer, at: datetime) -> bool:
    """Whether a signature made at this moment is valid."""
    return any(key.public_key == signer.public_key and key.is_good(at) for key in await closing_keys.every(tx))


async def _is_believed(tx: Transaction, closing: DayClosed) -> bool:
    """Whether a published key signed the closing; anyone with the application's role can record one."""
    signature = from_hex(closing.signature) or b""
    keys = [key for key in await closing_keys.every(tx) if key.id == closing.key]
    return any(is_signed(rules.text(closing), signature, key.public_key) for key in keys)
