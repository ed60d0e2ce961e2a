"""Who is heard, loudest first."""

from signaling.media.speakers import loudest


def test_the_loudest_come_first() -> None:
    assert loudest({"pat": 40.0, "dana": 20.0}) == ("dana", "pat")


def test_the_silent_are_left_out() -> None:
    assert loudest({"pat": 127.0, "dana": 49.9, "sam": 50.0}) == ("dana",)


def test_no_more_than_three_are_told() -> None:
    assert loudest({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}) == ("a", "b", "c")


def test_equally_loud_ones_stay_in_one_order() -> None:
    assert loudest({"b": 1.0, "a": 1.0}) == loudest({"a": 1.0, "b": 1.0})
