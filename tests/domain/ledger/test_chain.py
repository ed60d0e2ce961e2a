"""Chains bind each fact to the previous one; a day's root binds the ends of all streams that grew on it."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger import chain
from domain.ledger.chain import RULES, START, Rule

ENDS = {"room:a:1": b"a" * 32, "plan:a": b"p" * 32}
BODIES = [b'{"a": 1}', b"{}", b"[]", b"null"]


def chained(bodies: list[bytes], rule: Rule = chain.NEWEST) -> list[tuple[bytes, bytes]]:
    end, found = chain.End(rule=rule), []
    for body in bodies:
        end = end.then(body)
        found.append((body, end.link))
    return found


def test_a_link_binds_the_one_before_and_the_digest_of_the_exact_bytes() -> None:
    whole = hashlib.sha256(START + hashlib.sha256(b"{}").digest()).digest()
    assert chain.link(START, b"{}") == whole != chain.link(START, b"{ }")
    assert chain.digest(b"{}") == hashlib.sha256(b"{}").digest()


def test_older_streams_bind_the_bytes_themselves() -> None:
    assert chain.link(START, b"{}", 1) == hashlib.sha256(START + b"{}").digest()


@pytest.mark.parametrize("rule", RULES)
def test_a_streams_first_fact_determines_its_rule(rule: Rule) -> None:
    facts = chained(BODIES, rule)
    assert chain.first_broken(facts) is None
    numbered = dict(enumerate(facts, 1))
    assert chain.End.of(numbered) == chain.End(facts[-1][1], rule)
    del numbered[1], numbered[2]
    assert chain.End.of(numbered) == chain.End(facts[-1][1], rule), "even if its beginning was lost"
    del numbered[3]
    assert chain.End.of(numbered) == chain.End(facts[-1][1])
    assert chain.End.of({}) == chain.End()
    assert chain.rule_of(b"{}", facts[0][1]) is None


def test_a_stream_does_not_change_its_rule() -> None:
    old = chained(BODIES[:2], 1)
    mixed = [*old, (BODIES[2], chain.link(old[-1][1], BODIES[2], 2))]
    assert chain.broken(mixed) == [2]


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None)
@given(data=st.data())
def test_every_altered_byte_is_one_fact_that_does_not_follow(rule: Rule, data: st.DataObject) -> None:
    """It may be in a body or a link, even in the first fact, which determines the rule of the chain."""
    facts = chained(data.draw(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=8)), rule)
    place = data.draw(st.integers(0, len(facts) - 1))
    part = data.draw(st.integers(0, 1))
    altered = bytearray(facts[place][part])
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= data.draw(st.integers(1, 255))
    pair = list(facts[place])
    pair[part] = bytes(altered)
    assert chain.broken([*facts[:place], (pair[0], pair[1]), *facts[place + 1 :]]) == [place]


def test_a_days_root_is_over_the_ends_sorted_by_name() -> None:
    assert chain.day_root(ENDS) == hashlib.sha256(b"plan:a\0" + b"p" * 32 + b"room:a:1\0" + b"a" * 32).digest()
    assert chain.day_root(dict(reversed(ENDS.items()))) == chain.day_root(ENDS)


def test_the_root_of_a_day_without_facts_is_the_hash_of_nothing() -> None:
    assert chain.day_root({}) == hashlib.sha256().digest()


def test_a_different_link_name_or_number_of_streams_changes_the_root() -> None:
    others = [ENDS | {"plan:a": b"q" * 32}, {"room:a:2": b"a" * 32, "plan:a": b"p" * 32}, {"plan:a": b"p" * 32}]
    assert len({chain.day_root(ends) for ends in (ENDS, *others)}) == 4
