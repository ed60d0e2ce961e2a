"""The licences of the Python packages that are installed here, as the packages themselves state them."""

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageMetadata, distributions

import msgspec

from vesper.answers import tell

_CLASSIFIER = "License :: "
_LONGEST_NAME = 60
"""Some packages have the whole text where the name belongs; that is no name."""


class Licence(msgspec.Struct, frozen=True, order=True):
    """One package: its name, its version, and its licence; empty where it states none."""

    package: str
    version: str
    licence: str


def installed() -> list[Licence]:
    """Every package that is installed here, but for Vesper itself, in the order of their names."""
    found = {_licence(package) for package in distributions() if package.metadata["Name"] != "vesper"}
    return sorted(found)


def show(as_json: bool) -> None:
    """Print them, a line each, or as JSON."""
    found = installed()
    tell(as_json, found, "\n".join(f"{each.package} {each.version}: {each.licence or 'not stated'}" for each in found))


def _licence(package: Distribution) -> Licence:
    return Licence(package.metadata["Name"], package.version, next(_names(package.metadata), ""))


def _names(metadata: PackageMetadata) -> Iterator[str]:
    """What it may be called, the surest first: an SPDX expression, the old field, the classifiers."""
    named = [" ".join(metadata.get_all(field, [])).strip() for field in ("License-Expression", "License")]
    yield from (name for name in named if name and "\n" not in name and len(name) <= _LONGEST_NAME)
    classifiers = [each for each in metadata.get_all("Classifier", []) if each.startswith(_CLASSIFIER)]
    if classifiers:
        yield " AND ".join(each.rpartition(" :: ")[2] for each in classifiers)
