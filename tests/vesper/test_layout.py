"""Where `vesper run` keeps things, and what it tells its children."""

from pathlib import Path

import pytest

from runtime import settings
from vesper import keys
from vesper.layout import environment_of, prepare


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
