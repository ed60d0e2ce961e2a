"""How long each kind of record is kept, and when a client is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.privacy import retention
from domain.privacy.retention import AGEING, NOTICE, SHIPPED, Listed, Served, due_on, kept, rule_of

TODAY = date(2026, 11, 28)
LEFT = date(2019, 11, 20)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def client(last_service: date = LEFT, born: date | None = date(1980, 5, 1), state: str | None = None) -> Served:
    return Served(person="pat", last_service=last_service, born=born, state=state)


def test_a_client_discharged_seven_years_ago_is_due() -> None:
    assert due_on(client(), TODAY, {}) == date(2026, 11, 20)


def test_a_leap_day_counts_to_the_first_of_march() -> None:
    assert due_on(client(date(2020, 2, 29)), TODAY, {}) == date(2027, 3, 1)


def test_a_minor_is_kept_until_seven_years_after_they_are_of_age() -> None:
    assert due_on(client(born=date(2004, 6, 1)), TODAY, {}) == date(2029, 6, 1)


def test_who_was_of_age_when_last_served_is_no_minor() -> None:
    assert due_on(client(born=date(2001, 11, 20)), TODAY, {}) == date(2026, 11, 20)


def test_a_state_asks_for_more() -> None:
    assert due_on(client(state="NC"), TODAY, {}) == date(2030, 11, 20)
    assert due_on(client(born=date(2004, 6, 1), state="NC"), TODAY, {}) == date(2034, 6, 1)
    assert due_on(client(state="FL"), TODAY, {}) == date(2026, 11, 20), "five years are less than what ships"


def test_a_clinic_keeps_longer_and_never_shorter() -> None:
    assert due_on(client(), TODAY, {"client": 10}) == date(2029, 11, 20)
    assert due_on(client(), TODAY, {"client": 2}) == date(2026, 11, 20)
    assert due_on(client(state="NC"), TODAY, {"client": 8}) == date(2030, 11, 20)
    assert due_on(client(born=date(2004, 6, 1)), TODAY, {"client": 10}) == date(2032, 6, 1)


@given(days, st.none() | days, st.sampled_from([None, "NC", "NY"]), st.integers(0, 40), st.integers(0, 40))
def test_to_keep_longer_never_makes_anybody_due_earlier(
    last: date, born: date | None, state: str | None, one: int, other: int
) -> None:
    served = client(last, born, state)
    less, more = sorted((one, other))
    assert due_on(served, TODAY, {"client": less}) <= due_on(served, TODAY, {"client": more})
    assert due_on(served, TODAY, {"client": less}) >= due_on(client(last, None), TODAY, {})


def test_nobody_is_erased_before_they_were_listed_for_thirty_days() -> None:
    late = Listed(person="pat", due_on=date(2026, 1, 1), listed_on=TODAY)
    assert late.erased_on == TODAY + NOTICE
    early = Listed(person="pat", due_on=TODAY + timedelta(days=80), listed_on=TODAY)
    assert early.erased_on == TODAY + timedelta(days=80)
    postponed = Listed(person="pat", due_on=TODAY, listed_on=TODAY, postponed_until=date(2027, 6, 1))
    assert postponed.erased_on == date(2027, 6, 1)


@pytest.mark.parametrize("record", AGEING)
def test_what_ages_has_a_moment_before_which_it_is_due(record: retention.RecordType) -> None:
    now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert retention.before(record, now, {}) < now - timedelta(days=29)
    longer = 2 * (rule_of(record, TODAY).keep or 0)
    assert retention.before(record, now, {record: longer}) < retention.before(record, now, {})


@pytest.mark.parametrize(
    ("record", "keep", "sentence"),
    [
        ("client", 6, "This is shorter than 7 years. Give 7 or more."),
        ("mail", 89, "This is shorter than 90 days. Give 90 or more."),
        ("client", 101, "This is longer than 100 years. Give 100 or less."),
        ("ledger", 10, "This is kept for ever. Nothing can be set here."),
        ("spent_alias", 400, "This time is fixed. Choose another kind of record."),
    ],
)
def test_a_time_that_cannot_be_is_refused(record: retention.RecordType, keep: int, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        retention.check_keep(record, keep, TODAY)
    assert (refused.value.sentence, refused.value.path) == (sentence, "$.keep")


@pytest.mark.parametrize("until", [TODAY, TODAY + timedelta(days=3700)])
def test_a_postponement_is_to_a_day_to_come_within_ten_years(until: date) -> None:
    with pytest.raises(InvalidInput):
        retention.check_postponed(until, TODAY)
    retention.check_postponed(TODAY + timedelta(days=1), TODAY)


def test_each_kind_has_a_rule_for_everybody_and_the_ledger_is_for_ever() -> None:
    for rule in SHIPPED:
        assert rule_of(rule.record, TODAY).state is None
    assert kept("ledger", TODAY, {"ledger": 3}).keep is None
