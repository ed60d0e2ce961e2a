"""Users of the web app get the licences of all its parts."""

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "web"
PERMISSIVE = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1", "0BSD", "Unlicense"}
"""Licences that only require us to pass on their text."""
ENTRY = re.compile(r"^## (\S+) - (\S+) \((.+)\)$", re.M)


@pytest.fixture
def licences() -> str:
    """The file of licences from the build."""
    built = WEB / "dist" / "licences.txt"
    assert built.exists(), "build the web app first: make web/dist/index.html"
    return built.read_text()


def test_every_package_that_is_shipped_is_named_with_its_version(licences: str) -> None:
    """A package is shipped if `web/package-lock.json` has it not only for development."""
    lock = json.loads((WEB / "package-lock.json").read_text())["packages"]
    shipped = {
        path.removeprefix("node_modules/"): package["version"]
        for path, package in lock.items()
        if path and not package.get("dev") and not package.get("peer")
    }
    assert "preact" in shipped
    named = {name: version for name, version, _ in ENTRY.findall(licences)}
    assert shipped.items() <= named.items()


def test_each_licence_has_its_whole_text_and_permits_shipping(licences: str) -> None:
    _, *parts = ENTRY.split(licences)
    entries = list(zip(parts[0::4], parts[2::4], parts[3::4], strict=True))
    assert entries
    for name, licence, text in entries:
        assert licence in PERMISSIVE, f"{name} is under {licence}: may it be shipped?"
        assert re.search(r"permission is hereby granted|permission to use|apache license|redistribution", text, re.I), (
            name
        )
