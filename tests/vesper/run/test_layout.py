"""The data folder of `vesper run`, and the environment of its children."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from runtime import settings
from vesper.keys import installation
from vesper.run.layout import ANY, LOOPBACK, environment_of, own_address, prepare


def test_only_the_owner_may_list_the_data_or_enter_journal_and_logs(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "deep" / "data")
    assert folder.stat().st_mode & 0o077 in {0, 0o011}
    for part in ("journal", "logs"):
        assert (folder / part).stat().st_mode & 0o777 == 0o700
    assert prepare(folder) == folder


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(FileExistsError):
        prepare(tmp_path / "data")


@pytest.mark.parametrize("shape", [settings.ServerSettings, settings.SignalingSettings, settings.WorkerSettings])
def test_each_process_gets_all_settings_that_it_needs(shape: type[settings.Settings], tmp_path: Path) -> None:
    environment = environment_of(settings.RunSettings(server_port=9080), tmp_path, {"PATH": "/bin", "NODE_ID": "x"})
    environment |= installation.make().settings() | {"DATABASE_URL": "postgresql://vesper_app@/vesper"}
    settings.read(shape, environment)
    assert environment["PUBLIC_ORIGIN"] == "http://localhost:9080"
    assert (environment["PATH"], environment["NODE_ID"]) == ("/bin", "node-1")


def media_of(tmp_path: Path, **environ: str) -> tuple[str, tuple[str, ...]]:
    """The address that receives media, and the addresses to which browsers send it."""
    wanted = settings.read(settings.RunSettings, environ)
    environment = environment_of(wanted, tmp_path, environ) | installation.make().settings()
    signaling = settings.read(settings.SignalingSettings, environment | {"DATABASE_URL": "postgresql:///x"})
    return signaling.media_host, signaling.media_address


def test_browsers_get_the_machines_own_address_and_the_loopback_one(tmp_path: Path) -> None:
    own = own_address()
    assert media_of(tmp_path) == (ANY, (LOOPBACK,) if own is None else (own, LOOPBACK))


def test_media_settings_of_the_environment_count(tmp_path: Path) -> None:
    environment = {"MEDIA_HOST": "198.51.100.7", "MEDIA_ADDRESS": "203.0.113.7, 198.51.100.7"}
    assert media_of(tmp_path, **environment) == ("198.51.100.7", ("203.0.113.7", "198.51.100.7"))
    assert media_of(tmp_path, MEDIA_HOST=LOOPBACK) == (LOOPBACK, (LOOPBACK,))
    assert media_of(tmp_path, MEDIA_ADDRESS="203.0.113.7") == (ANY, ("203.0.113.7",))


def test_the_own_address_can_be_bound_and_is_not_a_loopback_one() -> None:
    own = own_address()
    if own is not None:
        assert not own.startswith("127.")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
            bound.bind((own, 0))


@pytest.mark.skipif(os.getuid() != 0 or shutil.which("unshare") is None, reason="needs root for a network namespace")
def test_a_machine_without_a_network_has_its_loopback_address() -> None:
    said = "from vesper.run.layout import addresses_of, own_address; print(own_address(), *addresses_of('0.0.0.0'))"
    alone = subprocess.run(
        ["unshare", "--net", sys.executable, "-c", said], capture_output=True, text=True, check=True, timeout=30
    )
    assert alone.stdout.split() == ["None", LOOPBACK]
