"""The same release in every place that shows it."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from runtime.release import VERSION

PROJECT = Path(__file__).parents[2]


def vesper(*arguments: str) -> str:
    """The standard output of the command."""
    command = [Path(sys.executable).with_name("vesper"), *arguments]
    return subprocess.run(command, env={}, capture_output=True, text=True, check=True).stdout


def test_the_command_line_shows_the_release_and_nothing_else() -> None:
    assert vesper("--version") == f"vesper {VERSION}\n"


def test_the_package_takes_its_version_from_the_code() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "runtime.release.VERSION"}
    assert "version" not in project["project"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version("vesper"))


def test_the_changes_begin_with_this_release() -> None:
    releases = re.findall(r"^## \[(.+)\] – (unreleased|\d{4}-\d\d-\d\d)$", (PROJECT / "CHANGELOG.md").read_text(), re.M)
    assert releases[0][0] == VERSION
    assert all(when != "unreleased" for _, when in releases[1:])


def test_the_licence_file_matches_the_package() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "Apache-2.0"
    text = (PROJECT / "LICENSE").read_text()
    assert "Version 2.0, January 2004" in text and "END OF TERMS AND CONDITIONS" in text


def test_the_image_of_production_has_the_release() -> None:
    assert f"image: vesper:{VERSION}\n" in (PROJECT / "docker-compose.yml").read_text()
