"""The closings of an exported session: whether their signatures are valid, and whether they cover its facts."""

from collections.abc import Callable, Iterator, Sequence

from domain.errors import InvalidInput
from domain.events.catalogue import try_decode
from domain.events.ledger import DayClosed
from domain.ledger import chain
from domain.ledger.closings import fingerprint, key_id, leaf, misfits, root_from_proof, text
from domain.proof.export import Export, ExportedClosing, ExportedFact, from_hex

IsSigned = Callable[[bytes, bytes, bytes], bool]
"""Takes message, signature and public key; returns whether the signature is valid."""


LAST = 2**63 - 1
"""The greatest position a ledger can have."""


def closings(export: Export) -> list[DayClosed]:
    """The closings in the export, in its order.

    Raises:
        InvalidInput: one of them is not a closing.
    """
    found = [try_decode(closing.body) for closing in export.closings]
    for place, closing in enumerate(found):
        if not isinstance(closing, DayClosed):
            raise InvalidInput(f"closings[{place}].body: this is not a closing")
    return [closing for closing in found if isinstance(closing, DayClosed)]


def faults(export: Export, is_signed: IsSigned) -> list[str]:
    """What is wrong with the export's closings, a line each, with the path.

    Raises:
        InvalidInput: one of them is not a closing.
    """
    before: DayClosed | None = None
    found = list(_misplaced(export)) if export.closings else []
    for place, (given, closing) in enumerate(zip(export.closings, closings(export), strict=True)):
        wrongs = [*_unsigned(given, closing, is_signed), *_uncovered(export, given, closing)]
        if before is not None and before.last_position == closing.last_position - closing.count:
            wrongs += [f"body: {wrong}" for wrong in misfits(closing, before)]
        found += [f"closings[{place}].{wrong}" for wrong in wrongs]
        before = closing
    return found


def summary(export: Export) -> list[str]:
    """Lines to compare with closings from other sources; empty for an export without closings."""
    found = closings(export)
    lines = [
        f"Closed {one.day} through position {one.last_position}: {fingerprint(one)}, signed by {one.key}."
        for one in found
    ]
    open_facts = sum(fact.position is None or not _covers(found, fact.position) for _, fact in _facts(export))
    if open_facts:
        lines.append(f"{open_facts} facts are covered by none of these closings.")
    return lines if found else []


def _misplaced(export: Export) -> Iterator[str]:
    """Facts whose position cannot exist or is taken by another fact: only one of the two can have been closed."""
    taken: dict[int, str] = {}
    for path, fact in _facts(export):
        if fact.position is None:
            continue
        if not 0 < fact.position <= LAST:
            yield f"{path}.position: there is no position {fact.position}"
        elif taken.setdefault(fact.position, path) != path:
            yield f"{path}.position: {taken[fact.position]} has position {fact.position} too, but only one fact can"


def _unsigned(given: ExportedClosing, closing: DayClosed, is_signed: IsSigned) -> Iterator[str]:
    public_key = from_hex(given.public_key)
    if public_key is None or key_id(public_key) != closing.key:
        yield f"public_key: it is not the key {closing.key}"
    elif not is_signed(text(closing), from_hex(closing.signature) or b"", public_key):
        yield f"body: its signature is not by the key {closing.key}; it was altered"


def _uncovered(export: Export, given: ExportedClosing, closing: DayClosed) -> Iterator[str]:
    others = [from_hex(other) for other in given.others]
    wrong = [place for place, other in enumerate(others) if other is None or len(other) != len(chain.START)]
    if wrong:
        yield from (f"others[{place}]: not 32 bytes in small hexadecimal letters" for place in wrong)
        return
    first = closing.last_position - closing.count + 1
    known = {
        position - first: leaf(position, digest)
        for position, digest in _digests(export).items()
        if _covers([closing], position)
    }
    proof = [other for other in others if other is not None]
    if root_from_proof(closing.count, known, proof) != from_hex(closing.digest):
        yield "others: with the facts that it covers, they do not give its digest; one of all these was altered"


def _digests(export: Export) -> dict[int, bytes]:
    """By position, the digest of each exported fact whose position is known."""
    return {
        fact.position: chain.digest(fact.body.encode())
        for _, fact in _facts(export)
        if fact.position is not None and 0 < fact.position <= LAST
    }


def _facts(export: Export) -> Iterator[tuple[str, ExportedFact]]:
    """Each fact with the path to it."""
    for path, session in export.paths:
        yield from ((f"{path}events[{place}]", fact) for place, fact in enumerate(session.events))


def _covers(closings: Sequence[DayClosed], position: int) -> bool:
    return any(one.last_position - one.count < position <= one.last_position for one in closings)
