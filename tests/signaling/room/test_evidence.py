"""A sign of life proves less if the node was asleep when it arrived."""

from datetime import timedelta

from domain.events.room import ConnectionClosed
from signaling import messages as m
from signaling.room.evidence import PING_SECONDS, SETTLING, Wakefulness
from signaling.room.requests import receive
from tests.signaling import stories
from tests.signaling.stories import all_give_a_sign, at, facts

SECOND = timedelta(seconds=1)


def awake_until_six_thirty() -> Wakefulness:
    wakefulness = Wakefulness()
    wakefulness.tick(at(30) - SECOND)
    wakefulness.tick(at(30))
    return wakefulness


def test_while_the_node_is_awake_a_sign_proves_the_moment_it_was_read() -> None:
    assert Wakefulness().proved_by(at(7)) == at(7)
    assert awake_until_six_thirty().proved_by(at(30) + 2 * SECOND) == at(30) + 2 * SECOND


def test_a_sign_read_after_a_sleep_and_before_a_tick_proves_no_more_than_the_last_tick() -> None:
    assert awake_until_six_thirty().proved_by(at(31)) == at(30)


def test_for_a_moment_after_waking_the_node_may_still_read_what_came_in_its_sleep() -> None:
    wakefulness = awake_until_six_thirty()
    wakefulness.tick(at(31))
    assert wakefulness.proved_by(at(31) + SETTLING / 2) == at(30)
    assert wakefulness.proved_by(at(31) + SETTLING) == at(31) + SETTLING
    assert wakefulness.proved_by(at(29)) == at(29), "signs read before the sleep keep their time"


def test_a_short_stall_is_no_sleep() -> None:
    wakefulness = awake_until_six_thirty()
    wakefulness.tick(at(30) + 2 * SECOND)
    assert wakefulness.proved_by(at(30) + 2 * SECOND) == at(30) + 2 * SECOND


def test_a_device_that_answers_each_ping_is_never_silent_for_too_long() -> None:
    room = stories.group()
    all_give_a_sign(room, at(30))
    the_next_answer_is_due = at(30) + timedelta(seconds=PING_SECONDS) + SECOND
    ended = facts(receive(room, "dana-laptop", m.EndSession(), the_next_answer_is_due))
    assert [fact.cause for fact in ended if isinstance(fact, ConnectionClosed)] == ["ended", "ended"]
