"""Roles: what a person with several roles may do, and what no role is given by mistake."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from domain.errors import InvalidInput
from domain.people.roles import (
    LONGEST_AUDIT,
    MAY,
    PERMISSIONS,
    ROLES,
    Permission,
    StaffRole,
    check_until,
    may,
    may_change,
    may_run,
    permissions_of,
)

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def test_every_role_stands_in_the_table_and_every_permission_has_words() -> None:
    assert MAY.keys() == ROLES.keys() == set(get_args(StaffRole))
    assert PERMISSIONS.keys() == set(get_args(Permission))
    assert set().union(*MAY.values()) == set(get_args(Permission)), "somebody has each permission"


def test_two_roles_give_what_either_gives() -> None:
    both = permissions_of({"biller", "facilitator"})
    assert both == tuple(sorted({*permissions_of({"biller"}), *permissions_of({"facilitator"})}))
    assert may({"biller", "facilitator"}, "notes.write")


def test_no_role_and_a_role_that_is_not_known_give_nothing() -> None:
    assert permissions_of(()) == permissions_of({"janitor"}) == ()


def test_an_auditor_only_reads_until_another_role_lets_them_do_more() -> None:
    assert not may_change({"auditor"}) and not may_change(()) and not may_change({"janitor"})
    assert may_change({"auditor", "biller"})


@pytest.mark.parametrize("role", get_args(StaffRole))
def test_rooms_are_run_by_clinicians_and_those_who_may_take_one_over(role: StaffRole) -> None:
    assert may_run({role}) is (role not in {"biller", "auditor"})


@pytest.mark.parametrize(
    ("roles", "until", "problem"),
    [
        ({"auditor"}, NOW + timedelta(seconds=1), None),
        ({"auditor", "biller"}, NOW + LONGEST_AUDIT, None),
        ({"facilitator"}, None, None),
        ({"auditor"}, None, "Say until when"),
        ({"auditor"}, NOW, "in the past"),
        ({"auditor"}, NOW + LONGEST_AUDIT + timedelta(seconds=1), "more than a year"),
        ({"facilitator"}, NOW + timedelta(days=1), "Only an auditor"),
    ],
)
def test_an_auditor_has_an_end_within_a_year_and_nobody_else_has_one(
    roles: set[str], until: datetime | None, problem: str | None
) -> None:
    if problem is None:
        return check_until(roles, until, NOW)
    with pytest.raises(InvalidInput, match=problem) as refused:
        check_until(roles, until, NOW)
    assert refused.value.path == "$.auditor_until"
    return None
