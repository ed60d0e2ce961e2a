"""The shipped policies: found by name and by digest, and refused with a sentence when they do not exist."""

import hashlib
from importlib.resources import files

import pytest

from domain.errors import NotFound
from runtime import policies


def test_the_demo_clinics_policy_is_found_by_name_and_digest() -> None:
    policy, reference = policies.load("evening-sud", 1)
    assert policies.by_digest(reference.digest) == policy
    assert policies.known("evening-sud", 1)
    assert not policies.known("evening-sud", 999)


def test_the_digest_is_over_the_files_bytes() -> None:
    body = (files("domain.policies") / "evening-sud-v1.json").read_bytes()
    _, reference = policies.load("evening-sud", 1)
    assert reference.digest == hashlib.sha256(body).hexdigest()
    assert policies.text(reference.digest).encode() == body


def test_the_digest_of_no_file_is_refused() -> None:
    with pytest.raises(NotFound, match="SHA-256 00"):
        policies.by_digest("00")


def test_an_unknown_policy_is_refused_with_a_list_of_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"no attendance policy evening-sud version 999.*evening-sud version 1"):
        policies.load("evening-sud", 999)


def test_a_billing_policy_is_not_an_attendance_policy() -> None:
    assert ("h0015-3h", 1) in policies.billing_policies()
    assert not policies.known("h0015-3h", 1)


def test_every_file_is_named_after_its_policy_and_version() -> None:
    names = {f"{id}-v{version}.json" for id, version in (*policies.attendance_policies(), *policies.billing_policies())}
    assert {file.name for file in files("domain.policies").iterdir() if file.name.endswith(".json")} == names
