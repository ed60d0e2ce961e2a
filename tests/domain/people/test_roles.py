"""Roles: what a person with several roles may do, and what no role is given by mistake."""

from typing import get_args

from domain.people.roles import MAY, PERMISSIONS, Permission, StaffRole, may, permissions_of


def test_every_role_stands_in_the_table_and_every_permission_has_words() -> None:
    assert MAY.keys() == set(get_args(StaffRole))
    assert PERMISSIONS.keys() == set(get_args(Permission))
    assert set().union(*MAY.values()) == set(get_args(Permission)), "somebody has each permission"


def test_two_roles_give_what_either_gives() -> None:
    both = permissions_of({"biller", "facilitator"})
    assert both == tuple(sorted({*permissions_of({"biller"}), *permissions_of({"facilitator"})}))
    assert may({"biller", "facilitator"}, "notes.write")


def test_no_role_and_a_role_that_is_not_known_give_nothing() -> None:
    assert permissions_of(()) == permissions_of({"janitor"}) == ()
