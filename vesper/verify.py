"""Walk the ledger and check it: every chain from the exact bytes, every finished day's root from the chains."""

import asyncio
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec
from rich.console import Console
from rich.progress import Progress

from domain.errors import InvalidInput, NotFound
from domain.verification import Fault, first_fault
from runtime.settings import DatabaseSettings
from store import chains, roots
from store.chains import Stream
from store.database import Database, Transaction
from store.roots import Root
from vesper.answers import tell

WRONG = 1
"""The exit code when something in the ledger is wrong."""
FACTS_AT_A_TIME = 5_000

Advance = Callable[[int], None]
"""Told how many more facts are checked."""


class Scope(msgspec.Struct, frozen=True):
    """What to check; without either, everything."""

    session: str | None = None
    day: date | None = None


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """How much was looked at, the roots it comes to, and the first thing that is wrong, if any."""

    facts: int
    streams: int
    roots: tuple[Root, ...] = ()
    fault: Fault | None = None

    def plain(self) -> dict[str, object]:
        """As JSON tells it: roots in hex."""
        shown = [{"day": root.day, "root": root.root.hex(), "streams": root.streams} for root in self.roots]
        return {**msgspec.structs.asdict(self), "roots": shown}


def main(settings: DatabaseSettings, scope: Scope, as_json: bool) -> int:
    """Verify, print what was found, and return the exit code.

    Raises:
        InvalidInput, NotFound: the session is no id, or nothing was ever recorded of it.
    """
    with Progress(console=Console(stderr=True), disable=not Console(stderr=True).is_terminal) as progress:
        task = progress.add_task("Working every link out anew", total=None)

        async def run() -> Verified:
            async with Database.open(settings.database_url, unhurried=True) as database, database.transaction() as tx:
                found = await _streams(tx, scope)
                progress.update(task, total=sum(stream.facts for stream in found))
                return await verified(tx, scope, found, lambda facts: progress.advance(task, facts))

        result = asyncio.run(run())
    tell(as_json, result.plain(), _told(result))
    return WRONG if result.fault else 0


async def verified(tx: Transaction, scope: Scope, streams: Sequence[Stream], advance: Advance) -> Verified:
    """Check these streams and the kept roots of the days in the scope."""
    checked = 0
    for batch in _batches(streams):
        facts = await chains.facts(tx, [stream.name for stream in batch])
        checked += len(facts)
        if fault := first_fault(facts):
            return Verified(facts=checked, streams=len(streams), fault=fault)
        advance(len(facts))
    kept = await _roots(tx, scope)
    fault = await _beyond_the_chains(tx, kept, everything=scope == Scope())
    return Verified(facts=checked, streams=len(streams), roots=tuple(kept), fault=fault)


async def _streams(tx: Transaction, scope: Scope) -> list[Stream]:
    if scope.session is not None and scope.day is not None:
        raise InvalidInput("Give a session or a day, not both.")
    if scope.session is None:
        return await (chains.streams(tx) if scope.day is None else chains.streams_of_day(tx, scope.day))
    try:
        session = str(uuid.UUID(scope.session))
    except ValueError:
        raise InvalidInput(f"{scope.session} is not the id of a session.") from None
    if not (found := await chains.streams(tx, session)):
        raise NotFound(f"There is no session {session}.")
    return found


def _batches(streams: Iterable[Stream]) -> Iterator[list[Stream]]:
    """Whole streams, together about as many facts as are read at once."""
    batch: list[Stream] = []
    for stream in streams:
        batch.append(stream)
        if sum(one.facts for one in batch) >= FACTS_AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


async def _roots(tx: Transaction, scope: Scope) -> list[Root]:
    if scope.session is not None:
        return await roots.of_days(tx, await chains.days(tx, scope.session))
    return await (roots.every(tx) if scope.day is None else roots.of_days(tx, [scope.day]))


async def _beyond_the_chains(tx: Transaction, kept: Sequence[Root], everything: bool) -> Fault | None:
    """Facts that are gone with the end of their stream, and chains that were rewritten as a whole."""
    if everything and (hole := await chains.first_hole(tx)):
        return Fault(wrong="nothing stands at this position, and positions have no holes", position=hole)
    for root in kept:
        if (await roots.work_out(tx, root.day)).root != root.root:
            return Fault(wrong=f"the streams of {root.day} do not come to the root that was kept when it was over")
    return _missing_day(kept) if everything else None


def _missing_day(kept: Sequence[Root]) -> Fault | None:
    for earlier, later in pairwise(kept):
        if later.day - earlier.day != roots.DAY:
            return Fault(wrong=f"the root of {earlier.day + roots.DAY} was kept, and is gone")
    return None


def _told(result: Verified) -> str:
    if result.fault:
        return _told_fault(result.fault)
    lines = [f"{root.day}  {root.root.hex()}  ({root.streams} streams)" for root in result.roots]
    return "\n".join([*lines, f"Every link holds: {result.facts} facts in {result.streams} streams."])


def _told_fault(fault: Fault) -> str:
    places = {"position": fault.position, "stream": fault.stream, "fact": fault.seq}
    where = ", ".join(f"{name} {place}" for name, place in places.items() if place is not None)
    return f"WRONG at {where}: {fault.wrong}." if where else f"WRONG: {fault.wrong}."
