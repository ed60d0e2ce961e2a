"""The embedded Postgres: private, never left running, and clear about what it cannot do."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from runtime.postgres import cluster
from runtime.postgres.cluster import PostgresRefused
from runtime.postgres.embedded import Embedded, running

STARTER = """
import sys, time
from pathlib import Path
from runtime.postgres.embedded import running
with running(Path(sys.argv[1]), fast=True) as server:
    print(server.process.pid, flush=True)
    time.sleep(100)
"""


@pytest.fixture
def folder(passable_path: Path) -> Path:
    return passable_path / "postgres"


def test_the_next_start_finds_the_same_data(folder: Path) -> None:
    with running(folder, fast=True) as server:
        first = server.passwords
        subprocess.run([*psql(server), "-c", "CREATE TABLE kept ()"], check=True, capture_output=True)
    with running(folder, fast=True) as server:
        assert server.passwords == first
        subprocess.run([*psql(server), "-c", "TABLE kept"], check=True, capture_output=True)
    assert (folder / "roles.json").stat().st_mode & 0o777 == 0o600


def test_a_killed_parent_leaves_no_server_and_the_next_start_works(folder: Path) -> None:
    command, environment = [sys.executable, "-c", STARTER, str(folder)], {"TMPDIR": str(folder.parent)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        first = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    with running(folder, fast=True) as server:
        assert server.process.pid != first
    assert not (folder / "data" / "postmaster.pid").exists()


def test_a_second_one_on_the_same_folder_is_refused(folder: Path) -> None:
    with running(folder, fast=True), pytest.raises(PostgresRefused, match="Another Vesper already runs"):  # noqa: SIM117
        with running(folder, fast=True, handover_seconds=0.1):
            pass


async def test_only_its_two_roles_log_in_with_a_password(postgres: Embedded) -> None:
    host = str(postgres.socket_folder)
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(host=host, user="vesper_app", password="guessed", database="vesper")
    for url in (postgres.owner_url(), postgres.application_url()):
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT NOT usesuper FROM pg_user WHERE usename = current_user")
        await connection.close()


def test_only_its_owner_may_enter_the_socket_folder(postgres: Embedded) -> None:
    assert stat.S_IMODE(postgres.socket_folder.stat().st_mode) == 0o700


def test_it_does_not_run_as_root(postgres: Embedded) -> None:
    if os.getuid() == 0:
        assert Path(f"/proc/{postgres.process.pid}").stat().st_uid != 0


def test_broken_data_is_refused_with_the_message_of_postgres(folder: Path) -> None:
    with running(folder, fast=True):
        pass
    (folder / "data" / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(PostgresRefused, match=r"cannot start from .* restore the folder"), running(folder, fast=True):
        pass


def test_a_temporary_folder_with_a_path_too_long_for_a_socket_is_refused(folder: Path) -> None:
    deep = folder.parent / ("d" * 90)
    deep.mkdir()
    command = [sys.executable, "-c", STARTER, str(folder)]
    done = subprocess.run(command, env={"TMPDIR": str(deep)}, capture_output=True, text=True, check=False)
    assert "PostgresRefused: The temporary folder" in done.stderr
    assert "set TMPDIR to a shorter one" in done.stderr


def psql(server: Embedded) -> list[str]:
    return [str(cluster.program("psql")), "-X", "-v", "ON_ERROR_STOP=1", server.owner_url()]
