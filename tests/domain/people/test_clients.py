"""What a record says of a client can be true, and how a client stands follows from the enrolments."""

from datetime import date

import pytest

from domain.errors import InvalidInput
from domain.people.clients import checked_birth, checked_language, checked_state, state_on

TODAY = date(2026, 11, 28)
LAST_YEAR, YESTERDAY, TOMORROW = date(2025, 11, 28), date(2026, 11, 27), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("enrolments", "state"),
    [
        ([], "waiting"), ([(TOMORROW, None)], "waiting"),
        ([(TODAY, None)], "current"), ([(LAST_YEAR, TODAY)], "current"),
        ([(LAST_YEAR, YESTERDAY)], "discharged"), ([(LAST_YEAR, YESTERDAY), (TODAY, None)], "current"),
        ([(LAST_YEAR, YESTERDAY), (TOMORROW, None)], "discharged"),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_enrolments(enrolments: list[tuple[date, date | None]], state: str) -> None:
    assert state_on(enrolments, TODAY) == state


def test_nobody_is_born_tomorrow_or_before_everybody() -> None:
    checked_birth(None, TODAY)
    checked_birth(TODAY, TODAY)
    for wrong in (TOMORROW, date(1890, 1, 1)):
        with pytest.raises(InvalidInput):
            checked_birth(wrong, TODAY)


def test_states_and_languages_are_codes() -> None:
    for state in ("OH", "DC", "PR", None):
        checked_state(state)
    for language in ("en", "zh-Hans", "haw", None):
        checked_language(language)
    for wrong in ("oh", "Ohio", "ZZ"):
        with pytest.raises(InvalidInput):
            checked_state(wrong)
    for wrong in ("English", "e", "EN"):
        with pytest.raises(InvalidInput):
            checked_language(wrong)
