"""Closings: what a clinic's ledger grew by until the end of a UTC day, bound by one digest and signed.

A `day.closed` covers the positions behind the closing before it, up to the last that was recorded on its day. It binds
them by the root of a hash tree (RFC 9162, section 2.1.1), so that one fact can be proven to be among a hundred thousand
with seventeen digests:

    leaf      SHA-256(0x00 ‖ position as 8 bytes, big-endian ‖ SHA-256(the fact's exact bytes))
    node      SHA-256(0x01 ‖ left ‖ right); of n leaves, left has the largest power of two that is less than n
    no leaf   SHA-256 of nothing

Signed (Ed25519, RFC 8032) is its `text`: nine lines of ASCII, each with a line feed behind it. A closing is bound to
the one before by `previous`, the SHA-256 of that one's text; so the last closing stands for all before it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.events.ledger import DayClosed
from domain.instants import second

FIRST = "0" * 64
"""What a clinic's first closing names as the one before."""


def text(closing: DayClosed) -> bytes:
    """Exactly what is signed."""
    lines = (
        "vesper closing 1",
        f"clinic {closing.clinic}",
        f"day {closing.day.isoformat()}",
        f"count {closing.count}",
        f"last {closing.last_position}",
        f"digest {closing.digest}",
        f"previous {closing.previous}",
        f"key {closing.key}",
        f"signed {second(closing.at)}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def fingerprint(closing: DayClosed) -> str:
    """What stands for a closing, and for all before it: SHA-256 of its text, in hex."""
    return hashlib.sha256(text(closing)).hexdigest()


def key_id(public_key: bytes) -> str:
    """The name of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def leaf(position: int, digest: bytes) -> bytes:
    """The leaf of a position whose fact has this digest."""
    return hashlib.sha256(b"\0" + position.to_bytes(8, "big") + digest).digest()


class Tree:
    """The hash tree over positions in order, of any number, in little memory."""

    def __init__(self) -> None:
        self.count = 0
        self._whole: list[tuple[int, bytes]] = []
        """Roots of whole subtrees, each with how many leaves it has: smaller and smaller."""

    def add(self, leaf: bytes) -> None:
        """One more leaf, behind the others."""
        size, root = 1, leaf
        while self._whole and self._whole[-1][0] == size:
            root, size = _node(self._whole.pop()[1], root), 2 * size
        self._whole.append((size, root))
        self.count += 1

    def root(self) -> bytes:
        """The root over the leaves so far."""
        roots = [root for _, root in self._whole]
        found = roots.pop() if roots else hashlib.sha256().digest()
        while roots:
            found = _node(roots.pop(), found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaves."""
    tree = Tree()
    for one in leaves:
        tree.add(one)
    return tree.root()


def beside(leaves: Sequence[bytes], places: Iterable[int]) -> list[bytes]:
    """What it takes beside the leaves at these places to work the root out: subtrees' roots, in order."""
    return list(_beside(leaves, frozenset(places)))


def root_of_some(count: int, known: Mapping[int, bytes], others: Sequence[bytes]) -> bytes | None:
    """The root over `count` leaves, of which those `known` by their place and the `others` beside them are given.

    None when there are too few of the others, or some to spare.
    """
    coming = iter(others)
    try:
        found = _of_some(0, count, known, coming)
    except StopIteration:
        return None
    return found if next(coming, None) is None else None


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _half(count: int) -> int:
    """The largest power of two that is less than `count`."""
    return 1 << (count - 1).bit_length() - 1


def _beside(leaves: Sequence[bytes], places: frozenset[int]) -> Iterator[bytes]:
    if not places:
        yield root(leaves)
    elif len(leaves) > 1:
        half = _half(len(leaves))
        yield from _beside(leaves[:half], frozenset(place for place in places if place < half))
        yield from _beside(leaves[half:], frozenset(place - half for place in places if place >= half))


def _of_some(start: int, count: int, known: Mapping[int, bytes], coming: Iterator[bytes]) -> bytes:
    within = {place: leaf for place, leaf in known.items() if start <= place < start + count}
    if not within:
        return next(coming)
    if count == 1:
        return within[start]
    half = _half(count)
    left = _of_some(start, half, within, coming)
    return _node(left, _of_some(start + half, count - half, within, coming))


def misfits(closing: DayClosed, before: DayClosed | None) -> Iterator[str]:
    """How a closing does not fit behind the one before it (None: it is the clinic's first)."""
    if closing.previous != (fingerprint(before) if before else FIRST):
        yield "it does not name the closing that stands before it"
    due = closing.last_position - (before.last_position if before else 0)
    if closing.count != due:
        yield f"it says that it covers {closing.count} positions, and there are {due} behind the closing before it"
    if before is not None and closing.day <= before.day:
        yield f"its day, {closing.day}, does not come after that of the closing before it, {before.day}"
