"""How full a program is: since when it has to report it, and admissions beyond its places."""

from datetime import date

from domain.way.capacity import Beyond, Days, beyond, reached_on


def day(number: int) -> date:
    return date(2026, 11, number)


NINE: list[Days] = [(day(1 + n), None) for n in range(9)]
"""One more client each day, from the first to the ninth."""


def test_nine_of_ten_places_are_the_share_and_eight_are_not() -> None:
    assert reached_on(NINE, 10, day(8)) is None
    assert reached_on(NINE, 10, day(9)) == day(9)
    assert reached_on(NINE, 10, day(30)) == day(9)
    assert reached_on(NINE, 11, day(30)) is None


def test_it_begins_anew_when_somebody_left_meanwhile() -> None:
    left = [(day(1), day(12)), *NINE[1:]]
    assert reached_on(left, 10, day(12)) == day(9)
    assert reached_on(left, 10, day(13)) is None
    assert reached_on([*left, (day(20), None)], 10, day(25)) == day(20)


def test_an_empty_program_has_not_reached_it() -> None:
    assert reached_on([], 1, day(1)) is None


def test_one_more_than_the_places_is_beyond_them() -> None:
    assert beyond(10, 10, day(1)) is None
    assert beyond(11, 10, day(1)) == Beyond(clients=11, capacity=10, on=day(1))
    assert beyond(11, None, day(1)) is None
