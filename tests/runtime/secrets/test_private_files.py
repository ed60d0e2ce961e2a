"""Only their owner can read secrets."""

import os
import re
from pathlib import Path

from runtime.secrets import private_files


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    private_files.write(path, b"secret")
    assert path.read_bytes() == b"secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_a_half_written_file_of_a_crash_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "keys.json.new").write_bytes(b"hal")
    private_files.write(tmp_path / "keys.json", b"whole")
    assert (tmp_path / "keys.json").read_bytes() == b"whole"


def test_opening_a_file_that_others_could_read_closes_it_to_them(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    path.write_text("old\n")
    path.chmod(0o644)
    with private_files.opened(path, "a") as log:
        log.write(b"new\n")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("old\nnew\n", 0o600)


def test_a_device_stays_open_to_all() -> None:
    before = Path(os.devnull).stat().st_mode
    with private_files.opened(Path(os.devnull), "a") as log:
        log.write(b"gone\n")
    assert Path(os.devnull).stat().st_mode == before


def test_a_folder_of_an_older_release_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "00000001.journal").write_bytes(b"")
    private_files.close_to_others(tmp_path)
    assert (tmp_path / "00000001.journal").stat().st_mode & 0o777 == 0o600


MAY_BE_READ = {
    "workers/transfer/exports.py": "an archive in memory, which leaves it encrypted",
    "vesper/typescript.py": "sources of the web app",
    "vesper/roles_page.py": "a page of the docs",
    "vesper/images.py": "the files of production, in the sources",
    "runtime/postgres/cluster.py": "who may connect; only Postgres can read the folder",
    "runtime/secrets/private_files.py": "the only module that opens files to write",
}


def test_no_other_module_creates_files() -> None:
    """All files of a process hold, or may hold later, what others must not read."""
    project = Path(private_files.__file__).parents[2]
    makes = re.compile(
        r"""\.open\(["'][^"']*[wax+]|\bopen\([^)]*["'][wax]b?["']|write_text\(|write_bytes\(|os\.O_(WRONLY|RDWR|CREAT)"""
    )
    packages = ("runtime", "store", "server", "signaling", "workers", "bots", "vesper")
    found = {
        str(path.relative_to(project))
        for package in packages
        for path in (project / package).rglob("*.py")
        if makes.search(path.read_text())
    }
    # The journal's segments cut a torn end off an existing file.
    assert found - {"signaling/journal/segments.py"} == MAY_BE_READ.keys()
