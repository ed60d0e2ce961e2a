"""The policy of a program on a day, and the digest by which a text is known."""

from datetime import date

import pytest

from domain.programs.programs import PolicyFrom, Program, digest_of, policy_on

PROGRAM = Program(
    id="p", name="Evening", timezone="UTC", week_start="sunday", policy_id="evening-sud", policy_version=1
)
SECOND = PolicyFrom(from_on=date(2026, 12, 1), policy_id="evening-sud", policy_version=2)
CORRECTED = PolicyFrom(from_on=date(2026, 12, 1), policy_id="evening-sud", policy_version=3)
MEDICARE = PolicyFrom(from_on=date(2027, 1, 1), policy_id="medicare-iop", policy_version=1)


@pytest.mark.parametrize(
    ("day", "policy"),
    [
        (date(2026, 11, 30), ("evening-sud", 1)),
        (date(2026, 12, 1), ("evening-sud", 3)),
        (date(2026, 12, 31), ("evening-sud", 3)),
        (date(2027, 1, 1), ("medicare-iop", 1)),
    ],
)
def test_the_last_change_that_began_counts(day: date, policy: tuple[str, int]) -> None:
    assert policy_on(PROGRAM, (SECOND, CORRECTED, MEDICARE), day) == policy


def test_a_text_is_known_by_its_sha256() -> None:
    assert digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
