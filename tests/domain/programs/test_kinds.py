"""A clinic's own kinds: each name once, and none that counts as mutual help."""

import pytest

from domain.errors import InvalidInput
from domain.programs.kinds import ClinicKind, check_counts, check_name

YOGA = ClinicKind(id="1", name="Yoga", counts_as="expressive")


def test_a_name_is_given_once() -> None:
    check_name("Tai chi", [YOGA])
    with pytest.raises(InvalidInput):
        check_name("yoga", [YOGA])


def test_nothing_counts_as_mutual_help() -> None:
    check_counts("expressive")
    with pytest.raises(InvalidInput):
        check_counts("mutual_help")
