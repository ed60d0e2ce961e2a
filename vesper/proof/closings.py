"""Check a clinic's closings: their coverage, their signatures, and that none is missing."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, date, timedelta

import msgspec

from domain.events.ledger import DayClosed
from domain.ledger.closings import fingerprint, misfits, text
from domain.ledger.verification import Fault
from runtime.secrets.signatures import is_signed
from store.database import Transaction, database_time
from store.ledger import closing_keys, closings
from store.ledger.closing_keys import PublishedKey
from store.ledger.facts import Recorded

MARGIN = timedelta(minutes=10)
"""A day counts as open only this long after its end: a worker may be closing it."""


class Closed(msgspec.Struct, frozen=True):
    """A clinic's last closing among those that were checked."""

    clinic: str
    day: date
    last_position: int
    fingerprint: str


class Open(msgspec.Struct, frozen=True):
    """A clinic's first day that is over and not closed."""

    clinic: str
    day: date


Wanted = Callable[[DayClosed], bool]


async def faults(tx: Transaction, clinic: str, wanted: Wanted, looked_at: list[Closed]) -> AsyncIterator[Fault]:
    """Every fault of the wanted closings of a clinic; appends the last wanted closing to `looked_at`."""
    keys = {key.id: key for key in await closing_keys.every(tx)}
    before: DayClosed | None = None
    last: DayClosed | None = None
    for fact in await closings.recorded(tx, clinic):
        closing = fact.readable
        if not isinstance(closing, DayClosed):
            continue  # the check of its stream names it, and the next closing misses it
        if wanted(closing):
            async for wrong in _wrongs(tx, fact, closing, before, keys):
                yield Fault(wrong=wrong, clinic=clinic, position=fact.position, stream=fact.stream, seq=fact.seq)
            last = closing
        before = closing
    if last is not None:
        looked_at.append(Closed(clinic, last.day, last.last_position, fingerprint(last)))


async def first_open(tx: Transaction, clinic: str) -> Open | None:
    """The clinic's first day that is over and not closed; perhaps no worker has a key."""
    over = (await database_time(tx) - MARGIN).astimezone(UTC).date() - closings.DAY
    known = [fact.readable for fact in await closings.recorded(tx, clinic)]
    covered = max((one.last_position for one in known if isinstance(one, DayClosed)), default=0)
    first = await closings.first_open(tx, clinic, covered, over)
    return Open(clinic, first.day) if first else None


async def _wrongs(
    tx: Transaction, fact: Recorded, closing: DayClosed, before: DayClosed | None, keys: Mapping[str, PublishedKey]
) -> AsyncIterator[str]:
    if closing.clinic != fact.clinic_id:
        yield f"it is the closing of another clinic, {closing.clinic}"
    for wrong in (*misfits(closing, before), *_unsigned(closing, keys)):
        yield wrong
    after = before.last_position if before else 0
    tree = await closings.tree(tx, fact.clinic_id, after, closing.last_position)
    if (tree.count, tree.root().hex()) != (closing.last_position - after, closing.digest):
        yield f"the facts at the positions {after + 1} to {closing.last_position} do not amount to its digest"
    if before is not None and (day := await closings.skipped(tx, fact.clinic_id, closing, before.day)):
        yield f"it covers facts of {day}, whose own closing is missing"


def _unsigned(closing: DayClosed, keys: Mapping[str, PublishedKey]) -> Iterator[str]:
    key = keys.get(closing.key)
    if key is None:
        yield f"it names the key {closing.key}, which was never published"
        return
    if not key.is_good(closing.at):
        yield f"its key {closing.key} was not valid when it was signed"
    if not is_signed(text(closing), _bytes(closing.signature), key.public_key):
        yield f"its signature is not by the key {closing.key}"


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
