"""Policies as data: exact decimals, no silent misspelling, named by the hash of their bytes."""

import hashlib
from decimal import Decimal

import msgspec
import pytest

from domain.policy import GroupLimit, Policy, decode

FILE = b"""{"type": "attendance", "id": "p", "version": 2, "title": "t", "confirm": "c", "effective_from": "2026-01-01",
"sources": [{"name": "s", "dated": "2026-01-01"}], "attendance": {"present_ratio": 0.85, "late_cutoff_s": 600}}"""


def test_a_policy_file_is_named_by_the_digest_of_its_bytes() -> None:
    policy, reference = decode(FILE)
    assert (policy.present_ratio, policy.late_cutoff_s, policy.bridge_max_s) == (Decimal("0.85"), 600, 120)
    assert (reference.id, reference.version) == ("p", 2)
    assert reference.digest == hashlib.sha256(FILE).hexdigest()


@pytest.mark.parametrize(
    "numbers", [b'{"bridge_max": 1}', b'{"present_ratio": 1.01}', b'{"present_ratio": "NaN"}', b'{"late_cutoff_s": -1}']
)
def test_a_misspelt_or_out_of_range_number_is_refused(numbers: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(numbers, type=Policy)


def test_a_payer_may_have_its_own_limit() -> None:
    policy = Policy(group_max=12, payer_groups={"medicaid": GroupLimit(10, "concurrent")})
    assert policy.group_limit("medicaid") == GroupLimit(10, "concurrent")
    assert policy.group_limit("other") == policy.group_limit(None) == GroupLimit(12, "distinct")
