"""A day's codes: charges in order, bundles, fallbacks, limits; and the examples in every shipped policy."""

from datetime import date

import pytest

from domain.billing.codes import Band, Bands, BillingPolicy, Charge, Example, Service, ServiceCount, Timed, bill
from domain.units import UnitRule
from runtime.policies import billing_policies

DAY = date(2026, 9, 15)
SHIPPED = [
    pytest.param(policy, example, id=f"{policy.id}: {example.name}")
    for policy in billing_policies().values()
    for example in policy.examples
]
PER_DIEM = Charge(
    kinds=("group", "individual"), units=Timed("H0015", UnitRule("per_diem", 10_800)), bundles=("skills",)
)
GROUP = Charge(kinds=("group",), units=Timed("90853", UnitRule("per_session", 2700), most=1), group_min=2, group_max=12)
PSYCHOTHERAPY = Charge(kinds=("individual",), units=Bands((Band(16, "90832"), Band(38, "90834"), Band(53, "90837"))))


def policy(*charges: Charge, payable: bool = True) -> BillingPolicy:
    return BillingPolicy(
        id="p", version=1, title="t", confirm="c", sources=(), effective_from=DAY, charges=charges, payable=payable
    )


def group(seconds: int, session: str = "G", participants: int = 8) -> Service:
    return Service(session=session, kind="group", billable_s=seconds, participants=participants)


def individual(minutes: int, session: str = "I") -> Service:
    return Service(session=session, kind="individual", billable_s=minutes * 60)


@pytest.mark.parametrize(("shipped", "example"), SHIPPED)
def test_an_example_in_a_shipped_policy_gives_its_units(shipped: BillingPolicy, example: Example) -> None:
    day = bill(shipped, DAY, example.services)
    assert (day.units, day.not_billed) == (example.units, example.not_billed)


def test_every_shipped_policy_has_examples_sources_and_a_note_to_confirm() -> None:
    for shipped in billing_policies().values():
        assert shipped.examples
        assert shipped.sources
        assert "have your biller confirm" in shipped.confirm


def test_an_individual_hour_inside_a_per_diem_day_is_not_billed_beside_it() -> None:
    day = bill(policy(PER_DIEM, PSYCHOTHERAPY), DAY, [group(9600), individual(20)])
    assert day.units == {"H0015": 1}
    assert day.made_of == {"H0015": ("G", "I")}


def test_a_day_below_the_minimum_falls_back_to_its_services() -> None:
    day = bill(policy(PER_DIEM, GROUP, PSYCHOTHERAPY), DAY, [group(5400), individual(50)])
    assert day.units == {"90853": 1, "90834": 1}


def test_a_bundled_kind_is_not_left_for_later_charges() -> None:
    skills = Charge(kinds=("skills",), units=Timed("T1012", UnitRule("floor", 900)))
    services = [group(10_800), Service(session="S", kind="skills", billable_s=3600)]
    assert bill(policy(PER_DIEM, skills), DAY, services).units == {"H0015": 1}
    assert bill(policy(skills), DAY, services).units == {"T1012": 4}


def test_a_group_of_the_wrong_size_is_named_and_not_counted() -> None:
    day = bill(policy(GROUP), DAY, [group(2700, "big", 13), group(2700, "small", 1), group(2700, "right", 12)])
    assert day.units == {"90853": 1}
    assert day.made_of == {"90853": ("right",)}
    assert day.not_billed == {"big": "group_too_large", "small": "group_too_small"}


def test_two_are_a_group() -> None:
    assert bill(policy(GROUP), DAY, [group(2700, participants=2)]).units == {"90853": 1}


def test_seconds_are_summed_over_the_day_before_they_are_rounded() -> None:
    quarters = Charge(kinds=("individual",), units=Timed("H0004", UnitRule("midpoint", 900)))
    parts = [Service(session=name, kind="individual", billable_s=460) for name in "ABC"]
    assert bill(policy(quarters), DAY, parts).units == {"H0004": 2}


def test_services_are_counted_where_the_payer_counts_services() -> None:
    count = Charge(kinds=("group", "individual"), units=ServiceCount(960, ((3, "three"), (4, "four"))))
    days = [bill(policy(count), DAY, [individual(16, str(n)) for n in range(many)]).units for many in (2, 3, 4, 5)]
    assert days == [{}, {"three": 1}, {"four": 1}, {"four": 1}]


def test_uncovered_services_are_tracked_and_not_billed() -> None:
    day = bill(policy(PER_DIEM, payable=False), DAY, [group(10_800)])
    assert (day.units, day.not_billed) == ({"H0015": 1}, {"H0015": "not_payable"})


def test_the_order_of_the_services_does_not_matter() -> None:
    services = [group(5400), individual(50), individual(20, "J")]
    assert bill(policy(GROUP, PSYCHOTHERAPY), DAY, services) == bill(policy(GROUP, PSYCHOTHERAPY), DAY, services[::-1])
