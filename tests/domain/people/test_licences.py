"""Licences: what sessions ask for, who holds it on a day, and when it runs out."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.events.schedule import SessionKind
from domain.people import licences
from domain.people.licences import Asked, Licence, LicenceKind, LicenceRule

TODAY = date(2026, 11, 23)
NPI = "1234567893"
"""The example of the standard."""


def licence(kind: LicenceKind = "counsellor", from_on: date = date(2025, 1, 1), to_on: date | None = None) -> Licence:
    return Licence(
        id=f"{kind} {from_on}", person="dana", kind=kind, state="NY", number="4711", from_on=from_on, to_on=to_on
    )


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("group", "clinician"), ("individual", "clinician"), ("family", "clinician"), ("intake", "clinician"),
        ("medication", "prescriber"),
        ("education", "none"), ("skills", "none"), ("expressive", "none"), ("peer_support", "none"),
        ("mutual_help", "none"),
    ],
)  # fmt: skip
def test_what_each_kind_asks_for(kind: SessionKind, asked: Asked) -> None:
    assert licences.asked_of(kind, (), TODAY) == asked


def test_a_clinic_changes_it_from_a_day_on() -> None:
    rules = [
        LicenceRule(kind="skills", asked="clinician", from_on=TODAY),
        LicenceRule(kind="group", asked="none", from_on=TODAY - timedelta(days=9)),
    ]
    assert [licences.asked_of("skills", rules, TODAY - timedelta(days=n)) for n in (1, 0)] == ["none", "clinician"]
    assert [licences.asked_of("group", rules, TODAY - timedelta(days=n)) for n in (10, 9)] == ["clinician", "none"]


def test_a_prescriber_is_a_clinician_and_not_the_other_way_round() -> None:
    assert licences.missing(["group"], (), [licence("physician")], TODAY) == []
    (left,) = licences.missing(["group", "medication", "skills"], (), [licence("counsellor")], TODAY)
    assert (left.kind, left.asked) == ("medication", "prescriber")
    assert (
        len(licences.missing(["group", "medication"], (), [licence("nurse"), licence("peer_specialist")], TODAY)) == 2
    )


@given(st.integers(-400, 400), st.integers(0, 400))
def test_a_licence_holds_from_its_first_to_its_last_day(offset: int, length: int) -> None:
    first = TODAY + timedelta(days=offset)
    one = licence(from_on=first, to_on=first + timedelta(days=length))
    assert licences.in_force(one, TODAY) is (offset <= 0 <= offset + length)
    assert bool(licences.missing(["group"], (), [one], TODAY)) is not licences.in_force(one, TODAY)


@pytest.mark.parametrize(
    ("days", "within"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-60, 0), (-61, None)],
)
def test_a_licence_is_listed_before_it_runs_out(days: int, within: int | None) -> None:
    found = licences.expiring([licence(to_on=TODAY + timedelta(days=days))], TODAY)
    assert [(one.days, one.within) for one in found] == ([] if within is None else [(days, within)])


def test_a_licence_that_is_renewed_is_not_listed() -> None:
    old = licence(to_on=TODAY + timedelta(days=5))
    renewed = licence(from_on=TODAY + timedelta(days=6), to_on=TODAY + timedelta(days=371))
    assert licences.expiring([old, renewed], TODAY) == []
    assert [one.licence for one in licences.expiring([old, licence("social_worker")], TODAY)] == [old]


def test_an_npi_has_a_digit_that_checks_the_others() -> None:
    assert licences.is_npi(NPI)
    for wrong in ("1234567890", "123456789", "12345678933", "3234567893", "١٢٣٤٥٦٧٨٩٣", ""):
        assert not licences.is_npi(wrong)


@given(st.integers(0, 9), st.integers(0, 9))
def test_no_single_wrong_digit_of_an_npi_goes_unseen(place: int, digit: int) -> None:
    typed = NPI[:place] + str(digit) + NPI[place + 1 :]
    assert licences.is_npi(typed) is (typed == NPI)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"to_on": date(2024, 1, 1)}, "$.to_on"), ({"from_on": date(1, 1, 1)}, "$.from_on"),
        ({"npi": "1234567890"}, "$.npi"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(changed: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        licences.check(msgspec.structs.replace(licence(), **changed))
    assert refused.value.path == path
