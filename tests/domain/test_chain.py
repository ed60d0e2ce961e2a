"""Chains bind each fact to the one before; a day's root binds the ends of all chains that grew on it."""

import hashlib

from domain import chain

ENDS = {"room:a:1": b"a" * 32, "plan:a": b"p" * 32}


def test_a_link_follows_from_the_one_before_and_the_exact_bytes() -> None:
    first = chain.link(chain.START, b'{"a": 1}')
    second = chain.link(first, b"{}")
    assert chain.first_broken([(b'{"a": 1}', first), (b"{}", second)]) is None
    assert chain.first_broken([(b'{"a":1}', first), (b"{}", second)]) == 0
    assert chain.first_broken([(b'{"a": 1}', first), (b"{}", first)]) == 1


def test_a_days_root_is_over_the_ends_in_the_order_of_their_streams() -> None:
    assert chain.day_root(ENDS) == hashlib.sha256(b"plan:a\0" + b"p" * 32 + b"room:a:1\0" + b"a" * 32).digest()
    assert chain.day_root(dict(reversed(ENDS.items()))) == chain.day_root(ENDS)


def test_a_day_without_facts_has_the_root_of_nothing() -> None:
    assert chain.day_root({}) == hashlib.sha256().digest()


def test_another_link_another_name_or_one_stream_fewer_is_another_root() -> None:
    others = [ENDS | {"plan:a": b"q" * 32}, {"room:a:2": b"a" * 32, "plan:a": b"p" * 32}, {"plan:a": b"p" * 32}]
    assert len({chain.day_root(ends) for ends in (ENDS, *others)}) == 4
