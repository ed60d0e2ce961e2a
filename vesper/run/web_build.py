"""The built web app: check whether it is up to date with its sources, and build it."""

import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from runtime.errors import CannotStart
from runtime.secrets import private_files
from vesper.run.steps import Steps

LEAST_NODE = 20
_OTHERS_OUTPUT = frozenset({"node_modules", "dist"})


def ensure_built(web: Path, log: Path, steps: Steps) -> None:
    """Build the app in `web` when a source is newer than the build; npm's output goes to `log`.

    Of several concurrent callers one builds it, and the others wait for it.

    Raises:
        CannotStart: Node or npm is missing or too old, or the build failed.
    """
    if is_built(web):
        return
    check_node()
    with _one_at_a_time(web):
        _build(web, log, steps)


def _build(web: Path, log: Path, steps: Steps) -> None:
    if is_built(web):
        return
    if not _packages_are_installed(web):
        with steps.step("Installing the web app's packages", "Web packages installed"):
            _npm(["ci"], web, log)
    with steps.step("Building the web app", "Web app built"):
        _npm(["run", "build"], web, log)


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def is_built(web: Path) -> bool:
    """Whether `web/dist` is there and newer than every source."""
    page = web / "dist" / "index.html"
    return page.exists() and all(source.stat().st_mtime <= page.stat().st_mtime for source in _sources(web))


def check_node() -> None:
    """Raise `CannotStart` when Node or npm is missing, or Node is too old."""
    wanted = f"install Node {LEAST_NODE} or newer, which brings npm, from https://nodejs.org"
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise CannotStart(f"The web app must be built and `{program}` is missing; {wanted}.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = version.removeprefix("v").split(".")[0]
    if not major.isdecimal() or int(major) < LEAST_NODE:
        raise CannotStart(f"The web app must be built and this Node is {version or 'broken'}; {wanted}.")


def _sources(web: Path) -> Iterator[Path]:
    for entry in web.iterdir():
        if entry.name not in _OTHERS_OUTPUT:
            yield from (path for path in [entry, *entry.rglob("*")] if path.is_file())


def _packages_are_installed(web: Path) -> bool:
    installed = web / "node_modules" / ".package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= (web / "package-lock.json").stat().st_mtime


def _npm(arguments: list[str], web: Path, log: Path) -> None:
    with private_files.opened(log, "w") as output:
        done = subprocess.run(["npm", *arguments], cwd=web, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise CannotStart(f"`npm {' '.join(arguments)}` failed in {web}; {log} says why.")
