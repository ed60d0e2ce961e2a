"""Walk the ledger and check it: every chain from the exact bytes, every closing from the facts it covers.

Each fault is printed when it is found, so that a ledger of any length, with any number of faults, needs little memory.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec
from rich.console import Console
from rich.progress import Progress

from domain.errors import InvalidInput, NotFound
from domain.ids import is_id
from domain.ledger.verification import Fault, faults
from runtime.settings import DatabaseSettings
from store.database import Database, Transaction
from store.ledger import chains, day_roots
from store.ledger import facts as ledger
from store.ledger.chains import Stream
from store.ledger.closings import covers
from store.ledger.day_roots import Root
from vesper.proof import closings
from vesper.proof.closings import Closed, Open, Wanted

WRONG = 1
"""The exit code when something in the ledger is wrong."""
FACTS_AT_A_TIME = 5_000

Advance = Callable[[int], None]
"""Called with the number of facts checked since the last call."""


class Scope(msgspec.Struct, frozen=True):
    """What to check; without either, everything."""

    session: str | None = None
    day: date | None = None


class Verified(msgspec.Struct, kw_only=True):
    """What was checked, the roots and closings, the number of faults and the first of them."""

    facts: int = 0
    streams: int = 0
    roots: tuple[Root, ...] = ()
    closings: list[Closed] = []
    """Each clinic's last checked closing, which covers all before it."""
    open: list[Open] = []
    """Days that are over and not closed."""
    fault: Fault | None = None
    fault_count: int = 0


def main(settings: DatabaseSettings, scope: Scope, as_json: bool) -> int:
    """Verify, print what is found, and return the exit code.

    Raises:
        InvalidInput, NotFound: the session is not an id, or has no facts.
    """
    report = _Json() if as_json else _Lines()
    with Progress(console=Console(stderr=True), disable=not Console(stderr=True).is_terminal) as progress:
        task = progress.add_task("Computing every link again", total=None)

        async def run() -> Verified:
            async with Database.open(settings.database_url, unhurried=True) as database, database.transaction() as tx:
                progress.update(task, total=await ledger.total(tx) if scope == Scope() else None)
                return await verify(tx, scope, report.fault, lambda facts: progress.advance(task, facts))

        result = asyncio.run(run())
    report.end(result)
    return WRONG if result.fault else 0


async def verify(tx: Transaction, scope: Scope, report: Callable[[Fault], None], advance: Advance) -> Verified:
    """Check the streams in the scope, and the stored roots of its days; calls `report` with each fault."""
    result = Verified()
    async for fault in _faults(tx, scope, result, advance):
        result.fault = result.fault or fault
        result.fault_count += 1
        report(fault)
    return result


async def _faults(tx: Transaction, scope: Scope, result: Verified, advance: Advance) -> AsyncIterator[Fault]:
    clinics = await _clinics(tx, scope)
    for clinic in clinics:
        async for batch in _batches(_streams(tx, clinic, scope)):
            facts = await chains.facts(tx, clinic, [stream.name for stream in batch])
            result.facts += len(facts)
            result.streams += len(batch)
            for fault in faults(facts):
                yield msgspec.structs.replace(fault, clinic=clinic)
            advance(len(facts))
        if scope == Scope():
            async for fault in _holes(tx, clinic):
                yield fault
            result.open.extend(filter(None, [await closings.first_open(tx, clinic)]))
        async for fault in closings.faults(tx, clinic, await _wanted(tx, clinic, scope), result.closings):
            yield fault
    result.roots = tuple(await _roots(tx, clinics, scope))
    async for fault in _against_roots(tx, result.roots, everything=scope == Scope()):
        yield fault


async def _clinics(tx: Transaction, scope: Scope) -> list[str]:
    """The clinics in the scope."""
    if scope.session is not None and scope.day is not None:
        raise InvalidInput("Give a session or a day, not both.")
    if scope.session is None:
        return await chains.clinics(tx)
    if not is_id(scope.session.lower()):
        raise InvalidInput(f"{scope.session} is not the id of a session.")
    clinic = await ledger.clinic_of(tx, scope.session)
    if clinic is None:
        raise NotFound(f"There is no session {scope.session}.")
    return [clinic]


def _streams(tx: Transaction, clinic: str, scope: Scope) -> AsyncIterator[Stream]:
    if scope.day is not None:
        return chains.streams_of_day(tx, clinic, scope.day)
    return chains.streams(tx, clinic, scope.session)


async def _batches(streams: AsyncIterator[Stream]) -> AsyncIterator[list[Stream]]:
    """Batches of whole streams, each of about `FACTS_AT_A_TIME` facts or more."""
    batch: list[Stream] = []
    async for stream in streams:
        batch.append(stream)
        if sum(one.facts for one in batch) >= FACTS_AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


async def _wanted(tx: Transaction, clinic: str, scope: Scope) -> Wanted:
    """A predicate: whether a closing is in the scope."""
    if scope.session is not None:
        positions = [fact.position for fact in await ledger.of_session(tx, clinic, scope.session)]
        return lambda closing: covers(closing, positions)
    return lambda closing: scope.day in (None, closing.day)


async def _roots(tx: Transaction, clinics: Sequence[str], scope: Scope) -> list[Root]:
    if scope.session is not None:
        return await day_roots.of_days(tx, await chains.days(tx, clinics[0], scope.session))
    return await (day_roots.every(tx) if scope.day is None else day_roots.of_days(tx, [scope.day]))


async def _holes(tx: Transaction, clinic: str) -> AsyncIterator[Fault]:
    """Faults for positions without a fact, and for facts missing at the ledger's end."""
    async for first, last in chains.holes(tx, clinic):
        many = "" if first == last else f" and those to {last}"
        wrong = f"there is no fact at this position{many}, and positions must have no holes"
        yield Fault(wrong=wrong, clinic=clinic, position=first)
    if (gone := await chains.cut_off(tx, clinic)) is not None:
        wrong = "the ledger had reached this position, and the facts at its end are gone"
        yield Fault(wrong=wrong, clinic=clinic, position=gone)


async def _against_roots(tx: Transaction, kept: Sequence[Root], everything: bool) -> AsyncIterator[Fault]:
    """Faults for chains that were rewritten as a whole."""
    for root in kept:
        if (await day_roots.work_out(tx, root.day)).root != root.root:
            yield Fault(wrong=f"the streams of {root.day} do not give the root that was stored when it was over")
    if everything:
        for fault in _missing_days(kept):
            yield fault


def _missing_days(kept: Sequence[Root]) -> Iterator[Fault]:
    for earlier, later in pairwise(kept):
        day = earlier.day
        while (day := day + day_roots.DAY) < later.day:
            yield Fault(wrong=f"the root of {day} was stored, and is gone")


class _Lines:
    """Sentences for people: a line for each fault, and a summary."""

    def fault(self, fault: Fault) -> None:
        """Print the fault on one line."""
        places = {"clinic": fault.clinic, "position": fault.position, "stream": fault.stream, "fact": fault.seq}
        where = ", ".join(f"{name} {place}" for name, place in places.items() if place is not None)
        print(f"WRONG at {where}: {fault.wrong}." if where else f"WRONG: {fault.wrong}.")

    def end(self, result: Verified) -> None:
        """Print how much was checked, and the roots if there was no fault."""
        amount = f"{result.facts} facts in {result.streams} streams"
        if result.fault:
            print(f"{result.fault_count} wrong, of {amount}.")
            return
        for root in result.roots:
            print(f"{root.day}  {root.root.hex()}  ({root.streams} streams)")
        for last in result.closings:
            print(f"{last.day}  {last.fingerprint}  (closing of {last.clinic}, through position {last.last_position})")
        for one in result.open:
            print(f"{one.day}  is not closed yet  (clinic {one.clinic}): see that a worker has its CLOSING_KEY")
        print(f"Every link holds: {amount}.")


class _Json:
    """One JSON object for programs, written piece by piece: `faults` first, as found."""

    def __init__(self) -> None:
        self._before = '{"faults":['

    def fault(self, fault: Fault) -> None:
        """Add the fault to the list."""
        sys.stdout.write(self._before + msgspec.json.encode(fault).decode())
        self._before = ","

    def end(self, result: Verified) -> None:
        """Write the rest of the object, with roots in hex."""
        if result.fault is None:
            sys.stdout.write(self._before)
        shown = [{"day": root.day, "root": root.root.hex(), "streams": root.streams} for root in result.roots]
        rest = msgspec.json.encode({**msgspec.structs.asdict(result), "roots": shown}).decode()
        sys.stdout.write("]," + rest.removeprefix("{") + "\n")
