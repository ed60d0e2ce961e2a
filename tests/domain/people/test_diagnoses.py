"""Codes have the form of ICD-10-CM, however they are typed."""

from datetime import UTC, date, datetime

import pytest

from domain.errors import InvalidInput
from domain.people.diagnoses import Diagnosis, checked_code, checked_span


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("F10.20", "F10.20"), ("f1020", "F10.20"), (" i10 ", "I10"), ("U07.1", "U07.1"),
        ("c4a.9", "C4A.9"), ("S72.001A", "S72.001A"),
    ],
)  # fmt: skip
def test_a_code_is_kept_in_its_usual_form(typed: str, code: str) -> None:
    assert checked_code(typed, "$.code") == code


@pytest.mark.parametrize("typed", ["", "F", "10.20", "F1", "FF0.1", "F10.", "F10.12345", "303.90", "F10-20", "F10.2 0"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match=r"F10\.20"):
        checked_code(typed, "$.code")


def test_a_code_holds_from_its_first_day_to_its_last() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    code = Diagnosis(
        id="1", code="F10.20", starts_on=first, ends_on=last, position=1, added_by="2",
        added_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    days = [date(2026, 10, 31), first, last, date(2026, 12, 1)]
    assert [code.holds(day) for day in days] == [False, True, True, False]


def test_no_code_ends_before_it_begins() -> None:
    checked_span(date(2026, 11, 1), date(2026, 11, 1), "$.ends_on")
    checked_span(date(2026, 11, 1), None, "$.ends_on")
    with pytest.raises(InvalidInput):
        checked_span(date(2026, 11, 1), date(2026, 10, 31), "$.ends_on")
