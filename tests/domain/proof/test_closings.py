"""The closings of an export: anyone can check that they cover the exported facts, and see what was altered."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from domain.errors import InvalidInput
from domain.events.catalogue import encode
from domain.events.ledger import DayClosed
from domain.ledger import chain
from domain.ledger.closings import FIRST, fingerprint, inclusion_proof, key_id, leaf, root, text
from domain.proof import closings as export_closings
from domain.proof.export import Export, ExportedClosing, ExportedSession
from tests.domain.proof.test_export import exported

KEY = b"k" * 32


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """A simple rule in place of Ed25519; tests/vesper/proof/test_export.py uses the real signatures."""
    return signature == chain.digest(public_key + message) * 2


def closed() -> Export:
    """An export with two closings: its facts have every other position, and one fact is after both."""
    whole = exported()
    facts = [msgspec.structs.replace(fact, position=2 * n) for n, fact in enumerate(whole.events, 1)]
    leaves = [leaf(position, bytes(32)) for position in range(1, 2 * len(facts) + 1)]
    for fact in facts:
        leaves[(fact.position or 0) - 1] = leaf(fact.position or 0, chain.digest(fact.body.encode()))
    closings: list[ExportedClosing] = []
    before: DayClosed | None = None
    for first, last, day in ((1, 6, 15), (7, 2 * len(facts) - 1, 18)):
        own = leaves[first - 1 : last]
        places = [position - first for position in range(2, 2 * len(facts) + 1, 2) if first <= position <= last]
        closing = DayClosed(
            at=datetime(2026, 9, 19, tzinfo=UTC), clinic="c", day=date(2026, 9, day), count=len(own),
            last_position=last, digest=root(own).hex(),
            previous=fingerprint(before) if before else FIRST, key=key_id(KEY),
        )  # fmt: skip
        before = msgspec.structs.replace(closing, signature=(chain.digest(KEY + text(closing)) * 2).hex())
        others = tuple(other.hex() for other in inclusion_proof(own, places))
        closings.append(ExportedClosing(encode(before).decode(), KEY.hex(), others))
    return msgspec.structs.replace(whole, events=tuple(facts), closings=tuple(closings))


def with_closing(whole: Export, place: int, **changes: object) -> Export:
    closings = list(whole.closings)
    closings[place] = msgspec.structs.replace(closings[place], **changes)
    return msgspec.structs.replace(whole, closings=tuple(closings))


def test_unaltered_closings_are_valid_and_give_lines_to_compare() -> None:
    whole = closed()
    assert export_closings.faults(whole, is_signed) == []
    first, second = export_closings.closings(whole)
    assert export_closings.summary(whole) == [
        f"Closed 2026-09-15 through position 6: {fingerprint(first)}, signed by {key_id(KEY)}.",
        f"Closed 2026-09-18 through position {second.last_position}: {fingerprint(second)}, signed by {key_id(KEY)}.",
        "1 facts are covered by none of these closings.",
    ]


def test_an_export_of_an_older_release_has_no_closings() -> None:
    assert export_closings.faults(exported(), is_signed) == export_closings.summary(exported()) == []


@pytest.mark.parametrize("place", [0, 1])
def test_every_alteration_is_reported_at_its_place(place: int) -> None:
    whole = closed()
    given = whole.closings[place]
    digit = "1" if given.others[0][0] == "0" else "0"
    altered = {
        f"closings[{place}].body: its signature": {"body": given.body.replace('"day":"2026-09-1', '"day":"2026-08-1')},
        f"closings[{place}].public_key: ": {"public_key": "6c" * 32},
        f"closings[{place}].others: with": {"others": (digit + given.others[0][1:], *given.others[1:])},
        f"closings[{place}].others[0]: not": {"others": ("AB" * 32, *given.others[1:])},
    }
    for named, changes in altered.items():
        found = export_closings.faults(with_closing(whole, place, **changes), is_signed)
        assert found[0].startswith(named), found


def test_a_changed_or_moved_fact_no_longer_matches_its_closing() -> None:
    whole = closed()
    for changes in ({"body": whole.events[1].body + " "}, {"position": 5}, {"position": None}):
        facts = [whole.events[0], msgspec.structs.replace(whole.events[1], **changes), *whole.events[2:]]
        [wrong] = export_closings.faults(msgspec.structs.replace(whole, events=tuple(facts)), is_signed)
        assert wrong.startswith("closings[0].others: with the facts that it covers")


def test_an_inserted_fact_is_not_covered_by_a_closing() -> None:
    """It has its own stream, and no position, one after all closings, or the position of another fact."""
    whole = closed()
    genuine = whole.events[1]
    forged = msgspec.structs.replace(genuine, stream="correction:x", seq=1, body=genuine.body + " ")
    for position in (None, 1_000):
        added = msgspec.structs.replace(forged, position=position)
        found = msgspec.structs.replace(whole, events=(added, *whole.events))
        assert export_closings.faults(found, is_signed) == []
        assert export_closings.summary(found)[-1] == "2 facts are covered by none of these closings."
    for events in ((forged, *whole.events), (*whole.events, forged)):
        wrong = export_closings.faults(msgspec.structs.replace(whole, events=events), is_signed)
        assert "has position 4 too, but only one fact can" in wrong[0]
    overlapping = (ExportedSession("another", (forged,)),)
    [wrong] = export_closings.faults(msgspec.structs.replace(whole, overlapping=overlapping), is_signed)[:1]
    assert wrong == "overlapping[0].events[0].position: events[1] has position 4 too, but only one fact can"


@pytest.mark.parametrize("position", [0, -1, 2**63, 2**64, 10**30])
def test_an_impossible_position_is_reported(position: int) -> None:
    whole = closed()
    events = (msgspec.structs.replace(whole.events[0], position=position), *whole.events[1:])
    given = with_closing(whole, 0, body=whole.closings[0].body.replace('"count":6', '"count":8'))
    wrong = export_closings.faults(msgspec.structs.replace(given, events=events), is_signed)
    assert wrong[0] == f"events[0].position: there is no position {position}"


def test_a_closing_that_does_not_follow_the_previous_one_is_reported() -> None:
    whole = closed()
    second = export_closings.closings(whole)[1]
    forged = msgspec.structs.replace(second, previous="ab" * 32)
    forged = msgspec.structs.replace(forged, signature=(chain.digest(KEY + text(forged)) * 2).hex())
    assert export_closings.faults(with_closing(whole, 1, body=encode(forged).decode()), is_signed) == [
        "closings[1].body: it does not name the previous closing"
    ]


def test_a_body_that_is_not_a_closing_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"closings\[0\].body: this is not a closing"):
        export_closings.closings(with_closing(closed(), 0, body="{}"))
