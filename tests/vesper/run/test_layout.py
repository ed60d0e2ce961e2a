"""Where `vesper run` keeps things, and what it tells its children."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from runtime import settings
from vesper.keys import installation as keys
from vesper.run.layout import ANY, LOOPBACK, environment_of, own_address, prepare


def test_nobody_else_may_list_the_data_or_enter_journal_and_logs(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "deep" / "data")
    assert folder.stat().st_mode & 0o077 in {0, 0o011}
    for part in ("journal", "logs"):
        assert (folder / part).stat().st_mode & 0o777 == 0o700
    assert prepare(folder) == folder


def test_a_file_in_its_place_is_the_systems_refusal(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(FileExistsError):
        prepare(tmp_path / "data")


@pytest.mark.parametrize("shape", [settings.ServerSettings, settings.SignalingSettings, settings.WorkerSettings])
def test_each_process_is_told_all_it_needs(shape: type[settings.Settings], tmp_path: Path) -> None:
    environment = environment_of(settings.RunSettings(server_port=9080), tmp_path, {"PATH": "/bin", "NODE_ID": "x"})
    environment |= keys.make().settings() | {"DATABASE_URL": "postgresql://vesper_app@/vesper"}
    settings.read(shape, environment)
    assert environment["PUBLIC_ORIGIN"] == "http://localhost:9080"
    assert (environment["PATH"], environment["NODE_ID"]) == ("/bin", "node-1")


def media_of(tmp_path: Path, **environ: str) -> tuple[str, tuple[str, ...]]:
    """Where media is received, and where browsers send it."""
    wanted = settings.read(settings.RunSettings, environ)
    told = environment_of(wanted, tmp_path, environ) | keys.make().settings() | {"DATABASE_URL": "postgresql:///x"}
    signaling = settings.read(settings.SignalingSettings, told)
    return signaling.media_host, signaling.media_address


def test_browsers_are_told_an_address_of_the_machine_s_own_and_the_loopback_one(tmp_path: Path) -> None:
    own = own_address()
    assert media_of(tmp_path) == (ANY, (LOOPBACK,) if own is None else (own, LOOPBACK))


def test_what_the_environment_says_of_media_counts(tmp_path: Path) -> None:
    told = {"MEDIA_HOST": "198.51.100.7", "MEDIA_ADDRESS": "203.0.113.7, 198.51.100.7"}
    assert media_of(tmp_path, **told) == ("198.51.100.7", ("203.0.113.7", "198.51.100.7"))
    assert media_of(tmp_path, MEDIA_HOST=LOOPBACK) == (LOOPBACK, (LOOPBACK,))
    assert media_of(tmp_path, MEDIA_ADDRESS="203.0.113.7") == (ANY, ("203.0.113.7",))


def test_the_own_address_can_be_bound_and_is_no_loopback_one() -> None:
    own = own_address()
    if own is not None:
        assert not own.startswith("127.")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
            bound.bind((own, 0))


@pytest.mark.skipif(os.getuid() != 0 or shutil.which("unshare") is None, reason="needs root for a network namespace")
def test_a_machine_without_a_network_still_has_itself() -> None:
    said = "from vesper.run.layout import addresses_of, own_address; print(own_address(), *addresses_of('0.0.0.0'))"
    alone = subprocess.run(
        ["unshare", "--net", sys.executable, "-c", said], capture_output=True, text=True, check=True, timeout=30
    )
    assert alone.stdout.split() == ["None", LOOPBACK]
