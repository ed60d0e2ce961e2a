"""Every installed Python package states its licence."""

import json
import re
import subprocess
import sys
from pathlib import Path

from vesper.licences import installed

PROJECT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-zA-Z0-9._-]+)==[^ ]+(?: ; (.+?))? \\$", re.M)


def plain(name: str) -> str:
    """A package's name, normalised."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_pinned_package_is_listed_with_a_licence() -> None:
    listed = {plain(each.package): each for each in installed()}
    for name, only_where in PINNED.findall((PROJECT / "requirements" / "run.txt").read_text()):
        if not only_where or plain(name) in listed:
            assert listed[plain(name)].licence, f"{name} states no licence"
    assert listed["aiohttp"].licence == "Apache-2.0 AND MIT"


def test_programs_get_the_list_as_json() -> None:
    command = [Path(sys.executable).with_name("vesper"), "licences", "--json"]
    answer = json.loads(subprocess.run(command, env={}, capture_output=True, text=True, check=True).stdout)
    assert {"package", "version", "licence"} == set(answer[0])
    assert "vesper" not in {each["package"] for each in answer}
