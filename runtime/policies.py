"""The policies of this release, found by name and version, or by the digest that a plan names."""

from functools import cache
from importlib.resources import files

import msgspec

from domain import policy
from domain.billing.codes import BillingPolicy
from domain.errors import NotFound
from domain.events.schedule import PolicyReference
from domain.policy import AttendancePolicy, Policy


@cache
def attendance_policies() -> dict[tuple[str, int], AttendancePolicy]:
    """Every attendance policy in the package, by id and version."""
    found = [each for each, _ in _shipped().values() if isinstance(each, AttendancePolicy)]
    return {(each.id, each.version): each for each in found}


@cache
def billing_policies() -> dict[tuple[str, int], BillingPolicy]:
    """Every billing policy in the package, by id and version, for `domain.billing.bill`."""
    found = [each for each, _ in _shipped().values() if isinstance(each, BillingPolicy)]
    return {(each.id, each.version): each for each in found}


def known(id: str, version: int) -> bool:
    """Whether there is an attendance policy with that name and version."""
    return (id, version) in attendance_policies()


def load(id: str, version: int) -> tuple[Policy, PolicyReference]:
    """An attendance policy's numbers, and the reference that plans use for it.

    Raises:
        NotFound: no such policy, or not in that version.
    """
    for digest, (each, _) in _shipped().items():
        if isinstance(each, AttendancePolicy) and (each.id, each.version) == (id, version):
            return each.attendance, PolicyReference(id=id, version=version, digest=digest)
    names = ", ".join(f"{name} version {number}" for name, number in sorted(attendance_policies()))
    raise NotFound(f"There is no attendance policy {id} version {version}. There are: {names}.")


def by_digest(digest: str) -> Policy:
    """The attendance policy whose file has that SHA-256 (hex).

    Raises:
        NotFound: no file of this release has these bytes.
    """
    return _attendance_file(digest)[0].attendance


def text(digest: str) -> str:
    """The exact text of the attendance policy's file with that SHA-256 (hex), for an export.

    Raises:
        NotFound: no file of this release has these bytes.
    """
    return _attendance_file(digest)[1].decode()


def _attendance_file(digest: str) -> tuple[AttendancePolicy, bytes]:
    found, body = _shipped().get(digest, (None, b""))
    if not isinstance(found, AttendancePolicy):
        raise NotFound(
            f"No attendance policy of this release has the SHA-256 {digest}. "
            "A policy file was changed or removed after sessions were planned under it: bring it back."
        )
    return found, body


@cache
def _shipped() -> dict[str, tuple[AttendancePolicy | BillingPolicy, bytes]]:
    """Each policy file of the package, by the SHA-256 of its bytes."""
    bodies = [file.read_bytes() for file in files("domain.policies").iterdir() if file.name.endswith(".json")]
    decoder = msgspec.json.Decoder(AttendancePolicy | BillingPolicy)
    return {policy.digest(body): (decoder.decode(body), body) for body in bodies}
