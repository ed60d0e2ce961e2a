"""Dismissed people read the reason, and what to do."""

from typing import get_args, get_type_hints

import pytest

from domain.events.room import Withdrawal
from signaling.messages import Dismissed
from signaling.room.farewells import CALLED_OFF, TOO_MUCH, Farewell, farewell, withdrawn

EVERY_ONE = [
    *(farewell(cause) for cause in get_args(Farewell)),
    *(withdrawn(why) for why in get_args(Withdrawal)),
    CALLED_OFF,
    TOO_MUCH,
]


def test_each_has_sentences_of_its_own() -> None:
    sentences = [one.sentence for one in EVERY_ONE]
    assert len(set(sentences)) == len(get_args(Farewell)) + len(get_args(Withdrawal)) + 2
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)


def test_together_they_are_all_that_a_page_may_be_sent() -> None:
    causes = get_type_hints(Dismissed)["cause"]
    assert {one.cause for one in EVERY_ONE} == set(get_args(causes))


@pytest.mark.parametrize("why", get_args(Withdrawal))
def test_only_a_changed_place_asks_for_a_ticket_again(why: Withdrawal) -> None:
    assert (withdrawn(why).cause == "changed") == (why == "place_changed")


@pytest.mark.parametrize("why", get_args(Withdrawal))
def test_what_somebody_lost_is_named_for_pages_in_other_languages(why: Withdrawal) -> None:
    assert withdrawn(why).why == why
