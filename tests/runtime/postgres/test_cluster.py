"""The embedded Postgres on disk, and the messages when it is not right."""

import os
from pathlib import Path

import pytest

from runtime.postgres.cluster import Passwords, PostgresRefused, kept_passwords, program
from runtime.postgres.embedded import running


@pytest.fixture
def folder(passable_path: Path) -> Path:
    return passable_path / "postgres"


def test_it_has_the_programs_that_backups_need() -> None:
    for name in ("postgres", "psql", "pg_dump"):
        assert os.access(program(name), os.X_OK)


def test_passwords_are_made_once_and_only_the_owner_can_read_them(tmp_path: Path) -> None:
    first = kept_passwords(tmp_path / "roles.json")
    assert kept_passwords(tmp_path / "roles.json") == first
    assert (tmp_path / "roles.json").stat().st_mode & 0o777 == 0o600


def test_passwords_are_not_shown() -> None:
    assert repr(Passwords("one", "two")) == "Passwords(hidden)"


def test_a_folder_that_is_no_data_folder_is_refused(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    with pytest.raises(PostgresRefused, match=r"is not a Postgres data folder; move it away"), running(folder):
        pass


def test_data_of_another_release_is_refused(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(PostgresRefused, match="written by Postgres 16 and this is 18"), running(folder):
        pass


def test_damaged_passwords_are_named(folder: Path) -> None:
    folder.mkdir(mode=0o711)
    (folder / "roles.json").write_text("{")
    with pytest.raises(PostgresRefused, match=r"roles\.json is damaged"), running(folder):
        pass


@pytest.mark.skipif(os.getuid() != 0, reason="only root starts Postgres as another user")
def test_root_gets_a_message_when_the_other_user_cannot_reach_the_folder(folder: Path) -> None:
    folder.parent.chmod(0o700)
    with pytest.raises(PostgresRefused, match="from a folder that others may enter"), running(folder):
        pass
