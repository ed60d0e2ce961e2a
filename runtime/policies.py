"""The policy files that come with the package: found by name and version, or by the digest the ledger names."""

from functools import cache
from importlib import resources

from domain.errors import NotFound
from domain.events import PolicyReference
from domain.policy import Policy, decode


def load(identity: str, version: int) -> tuple[Policy, PolicyReference]:
    """The policy and the reference by which plans name it.

    Raises:
        NotFound: there is no such policy file.
    """
    for policy, reference in _shipped().values():
        if (reference.id, reference.version) == (identity, version):
            return policy, reference
    raise NotFound(f"There is no policy {identity} of version {version}.")


def known(identity: str, version: int) -> bool:
    """Whether there is a policy file of that name and version."""
    return any((reference.id, reference.version) == (identity, version) for _, reference in _shipped().values())


def by_digest(digest: str) -> Policy:
    """The policy in the file whose bytes have this SHA-256 (hex).

    Raises:
        NotFound: no file has it: it was changed, or a newer release wrote the plan.
    """
    if digest not in _shipped():
        raise NotFound("The policy this session was planned under is not among the files here.")
    return _shipped()[digest][0]


@cache
def _shipped() -> dict[str, tuple[Policy, PolicyReference]]:
    """Every file, by digest. The package does not change while it runs."""
    files = (file for file in resources.files("domain.policies").iterdir() if file.name.endswith(".json"))
    decoded = (decode(file.read_bytes()) for file in files)
    return {reference.digest: (policy, reference) for policy, reference in decoded}
