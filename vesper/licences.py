"""The licences of the installed Python packages, as the packages state them."""

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageMetadata, distributions

import msgspec

from vesper.answers import print_answer

_CLASSIFIER = "License :: "
_LONGEST_NAME = 60
"""Some packages put the whole licence text where its name belongs; longer values are not names."""


class Licence(msgspec.Struct, frozen=True, order=True):
    """One package: its name, its version, and its licence; empty when it states none."""

    package: str
    version: str
    licence: str


def installed() -> list[Licence]:
    """Every installed package except Vesper itself, in the order of their names."""
    found = {_licence(package) for package in distributions() if package.metadata["Name"] != "vesper"}
    return sorted(found)


def show(as_json: bool) -> None:
    """Print the licences, one line per package, or as JSON."""
    found = installed()
    lines = [f"{each.package} {each.version}: {each.licence or 'not stated'}" for each in found]
    print_answer(as_json, found, "\n".join(lines))


def _licence(package: Distribution) -> Licence:
    return Licence(package.metadata["Name"], package.version, next(_names(package.metadata), ""))


def _names(metadata: PackageMetadata) -> Iterator[str]:
    """The licence's possible names, the most reliable first: an SPDX expression, the old field, the classifiers."""
    named = [" ".join(metadata.get_all(field, [])).strip() for field in ("License-Expression", "License")]
    yield from (name for name in named if name and "\n" not in name and len(name) <= _LONGEST_NAME)
    classifiers = [each for each in metadata.get_all("Classifier", []) if each.startswith(_CLASSIFIER)]
    if classifiers:
        yield " AND ".join(each.rpartition(" :: ")[2] for each in classifiers)
