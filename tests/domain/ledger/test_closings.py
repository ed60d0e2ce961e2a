"""A closing binds the new facts of a clinic's ledger; a short proof shows that one fact is among them."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events.ledger import DayClosed
from domain.ledger import closings
from domain.ledger.closings import FIRST, Tree, fingerprint, inclusion_proof, leaf, misfits, root, root_from_proof, text

CLINIC = "01a21e79-2541-77b5-ae85-845d58b12800"
DAY = date(2026, 9, 15)
digests = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def closing(last: int, count: int, previous: str = FIRST, day: date = DAY) -> DayClosed:
    return DayClosed(
        at=datetime(2026, 9, 16, 0, 5, tzinfo=UTC), clinic=CLINIC, day=day, count=count, last_position=last,
        digest="ab" * 32, previous=previous, key="0123456789abcdef", signature="cd" * 64,
    )  # fmt: skip


def another(digest: bytes) -> bytes:
    return bytes([digest[0] ^ 1]) + digest[1:]


def reference_root(leaves: Sequence[bytes]) -> bytes:
    """The tree hash of RFC 9162, 2.1.1, word for word, independent of the code under test."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + reference_root(leaves[:k]) + reference_root(leaves[k:])).digest()


def test_a_leaf_binds_the_position_and_the_digest() -> None:
    assert leaf(258, b"d" * 32) == hashlib.sha256(b"\0" + bytes([0, 0, 0, 0, 0, 0, 1, 2]) + b"d" * 32).digest()


@settings(deadline=None)
@given(digests)
def test_the_root_follows_rfc_9162(leaves: list[bytes]) -> None:
    assert root(leaves) == reference_root(leaves)


@settings(deadline=None)
@given(digests.filter(bool), st.data())
def test_leaves_and_their_inclusion_proof_give_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, len(leaves) - 1)))
    known = {place: leaves[place] for place in places}
    others = inclusion_proof(leaves, places)
    assert root_from_proof(len(leaves), known, others) == root(leaves)
    assert root_from_proof(len(leaves), known, [*others, bytes(32)]) is None
    if others:
        assert root_from_proof(len(leaves), known, others[:-1]) is None


@settings(deadline=None)
@given(digests.filter(bool), st.data())
def test_a_different_leaf_index_or_proof_gives_a_different_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    others = inclusion_proof(leaves, [place])
    assert root_from_proof(len(leaves), {place: another(leaves[place])}, others) != root(leaves)
    for spoiled in range(len(others)):
        altered = [*others[:spoiled], another(others[spoiled]), *others[spoiled + 1 :]]
        assert root_from_proof(len(leaves), {place: leaves[place]}, altered) != root(leaves)


def test_the_proof_of_one_fact_among_a_hundred_thousand_has_seventeen_digests() -> None:
    leaves = [leaf(position, bytes(32)) for position in range(1, 100_001)]
    others = inclusion_proof(leaves, [77_777])
    assert len(others) == 17
    assert root_from_proof(100_000, {77_777: leaves[77_777]}, others) == root(leaves)


def test_the_tree_grows_in_little_memory() -> None:
    tree = Tree()
    for position in range(1, 1_001):
        tree.add(leaf(position, bytes(32)))
    assert (tree.count, len(tree._whole)) == (1_000, (1_000).bit_count())


def test_the_signed_text_is_plain_ascii() -> None:
    assert text(closing(12, 12)) == (
        b"vesper closing 1\n"
        b"clinic 01a21e79-2541-77b5-ae85-845d58b12800\n"
        b"day 2026-09-15\n"
        b"count 12\n"
        b"last 12\n"
        b"digest " + b"ab" * 32 + b"\n"
        b"previous " + b"0" * 64 + b"\n"
        b"key 0123456789abcdef\n"
        b"signed 1789517100\n"
    )
    assert fingerprint(closing(12, 12)) == hashlib.sha256(text(closing(12, 12))).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"clinic": "x"}, {"day": DAY + timedelta(days=1)}, {"count": 11}, {"last_position": 13}, {"digest": "ac" * 32},
        {"previous": "1" * 64}, {"key": "x"}, {"at": datetime(2026, 9, 16, 0, 6, tzinfo=UTC)},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_every_field_of_a_closing_is_in_its_text(changes: dict[str, object]) -> None:
    whole = closing(12, 12)
    assert text(msgspec.structs.replace(whole, **changes)) != text(whole)


def test_consecutive_closings_fit() -> None:
    first = closing(12, 12)
    second = closing(20, 8, fingerprint(first), DAY + timedelta(days=3))
    assert [*misfits(first, None), *misfits(second, first)] == []


def test_a_closing_that_does_not_fit_is_explained() -> None:
    first = closing(12, 12)
    assert list(misfits(closing(20, 9, fingerprint(first)), first)) == [
        "it says that it covers 9 positions, but 8 follow the previous closing",
        "its day, 2026-09-15, is not after that of the previous closing, 2026-09-15",
    ]
    assert next(misfits(closing(20, 20), first)) == "it does not name the previous closing"
    assert list(misfits(closing(20, 20, "ff" * 32), None)) == ["it does not name the previous closing"]


def test_a_key_id_is_the_beginning_of_its_digest() -> None:
    assert closings.key_id(b"k" * 32) == hashlib.sha256(b"k" * 32).hexdigest()[:16]
