"""Closings: one signed digest over the facts that a clinic's ledger gained until the end of a UTC day.

A `day.closed` covers the positions after the previous closing, up to the last one recorded on its day. It binds them by
the root of a hash tree (RFC 9162, section 2.1.1), so that seventeen digests prove that one fact is among a hundred
thousand:

    leaf      SHA-256(0x00 ‖ position as 8 bytes, big-endian ‖ SHA-256(the fact's exact bytes))
    node      SHA-256(0x01 ‖ left ‖ right); of n leaves, left has the largest power of two that is less than n
    no leaf   SHA-256 of nothing

The signature (Ed25519, RFC 8032) is over its `text`: nine lines of ASCII, each ended by a line feed. `previous`, the
SHA-256 of the previous closing's text, binds a closing to that one; so the last closing vouches for all before it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.events.ledger import DayClosed
from domain.instants import second

FIRST = "0" * 64
"""The value of `previous` in a clinic's first closing."""


def text(closing: DayClosed) -> bytes:
    """The exact bytes that are signed."""
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
    """SHA-256 of a closing's text, in hex; it identifies the closing and all before it."""
    return hashlib.sha256(text(closing)).hexdigest()


def key_id(public_key: bytes) -> str:
    """The id of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def leaf(position: int, digest: bytes) -> bytes:
    """The leaf of a position; `digest` is that of its fact."""
    return hashlib.sha256(b"\0" + position.to_bytes(8, "big") + digest).digest()


class Tree:
    """The hash tree over any number of positions in order, in little memory."""

    def __init__(self) -> None:
        self.count = 0
        self._whole: list[tuple[int, bytes]] = []
        """(number of leaves, root) of each whole subtree, from large to small."""

    def add(self, leaf: bytes) -> None:
        """Add one more leaf after the others."""
        size, root = 1, leaf
        while self._whole and self._whole[-1][0] == size:
            root, size = _node(self._whole.pop()[1], root), 2 * size
        self._whole.append((size, root))
        self.count += 1

    def root(self) -> bytes:
        """The root over the leaves added so far."""
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


def inclusion_proof(leaves: Sequence[bytes], indexes: Iterable[int]) -> list[bytes]:
    """The inclusion proof of the leaves at these indexes: the roots of subtrees that complete them, in order."""
    return list(_proof(leaves, frozenset(indexes)))


def root_from_proof(count: int, known: Mapping[int, bytes], proof: Sequence[bytes]) -> bytes | None:
    """The root over `count` leaves, from the leaves `known` by their index and their inclusion proof.

    None if the proof has too few digests, or too many.
    """
    remaining = iter(proof)
    try:
        found = _root_of_part(0, count, known, remaining)
    except StopIteration:
        return None
    return found if next(remaining, None) is None else None


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _half(count: int) -> int:
    """The largest power of two that is less than `count`."""
    return 1 << (count - 1).bit_length() - 1


def _proof(leaves: Sequence[bytes], indexes: frozenset[int]) -> Iterator[bytes]:
    if not indexes:
        yield root(leaves)
    elif len(leaves) > 1:
        half = _half(len(leaves))
        yield from _proof(leaves[:half], frozenset(index for index in indexes if index < half))
        yield from _proof(leaves[half:], frozenset(index - half for index in indexes if index >= half))


def _root_of_part(start: int, count: int, known: Mapping[int, bytes], remaining: Iterator[bytes]) -> bytes:
    within = {index: leaf for index, leaf in known.items() if start <= index < start + count}
    if not within:
        return next(remaining)
    if count == 1:
        return within[start]
    half = _half(count)
    left = _root_of_part(start, half, within, remaining)
    return _node(left, _root_of_part(start + half, count - half, within, remaining))


def misfits(closing: DayClosed, before: DayClosed | None) -> Iterator[str]:
    """What is wrong between a closing and the previous one (None: it is the clinic's first), a phrase each."""
    if closing.previous != (fingerprint(before) if before else FIRST):
        yield "it does not name the previous closing"
    due = closing.last_position - (before.last_position if before else 0)
    if closing.count != due:
        yield f"it says that it covers {closing.count} positions, but {due} follow the previous closing"
    if before is not None and closing.day <= before.day:
        yield f"its day, {closing.day}, is not after that of the previous closing, {before.day}"
