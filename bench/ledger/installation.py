"""A whole installation for one run: its own durable Postgres, and the processes as an operator starts them."""

import asyncio
import contextlib
import resource
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import msgspec

from runtime.postgres import embedded
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.migrate import migrate
from vesper.keys import installation
from vesper.run.health import answers, listens, wait_until
from vesper.run.processes import children

ORIGIN = "http://localhost:8080"
SOCKETS = 16_384
"""Open files allowed per process: each person is a socket."""


class Node(msgspec.Struct, frozen=True):
    """A signaling node that is open."""

    id: str
    url: str
    process: int
    """Its process id."""


class Server(msgspec.Struct, frozen=True):
    """An API that answers."""

    url: str
    process: int
    """Its process id."""


class Installation(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of the installation that the measures need."""

    folder: Path
    postgres: Embedded
    ticket_key: bytes
    environment: dict[str, str]

    @property
    def url(self) -> str:
        """The address of the running processes' database, with the application's role."""
        return self.postgres.application_url()

    async def fresh_database(self, name: str) -> tuple[str, str]:
        """An empty, migrated database that no process uses: its address for the application and for the owner."""
        superuser = await asyncpg.connect(self.postgres.superuser_url())
        await superuser.execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE}")
        await superuser.close()
        await migrate(self.postgres.owner_url(name))
        return self.postgres.application_url(name), self.postgres.owner_url(name)

    @contextlib.asynccontextmanager
    async def node(self, name: str, database_url: str = "") -> AsyncIterator[Node]:
        """A running signaling node; `database_url` replaces the installation's database."""
        port = _free_port(socket.SOCK_STREAM)
        url = f"ws://127.0.0.1:{port}/signal/{name}"
        environment = self.environment | {
            "DATABASE_URL": database_url or self.url,
            "NODE_ID": name,
            "JOURNAL_DIR": str(self.folder / name),
            "SIGNALING_PORT": str(port),
            "SIGNALING_URL": url,
            "MEDIA_PORT": str(_free_port(socket.SOCK_DGRAM)),
        }
        with children(environment, self.folder) as started:
            child = started.start(name, ["vesper", "signaling"])
            await asyncio.to_thread(wait_until, lambda: listens(port), started.started)
            yield Node(name, url, child.process.pid)

    @contextlib.asynccontextmanager
    async def server(self, database_url: str = "") -> AsyncIterator[Server]:
        """A running API server; `database_url` replaces the installation's database."""
        port = _free_port(socket.SOCK_STREAM)
        environment = self.environment | {"DATABASE_URL": database_url or self.url, "SERVER_PORT": str(port)}
        with children(environment, self.folder) as started:
            child = started.start("server", ["vesper", "server"])
            origin = f"http://127.0.0.1:{port}"
            await asyncio.to_thread(wait_until, lambda: answers(f"{origin}/api/health"), started.started)
            yield Server(origin, child.process.pid)

    @contextlib.contextmanager
    def worker(self) -> Iterator[int]:
        """A running worker; yields its process id."""
        with children(self.environment, self.folder) as started:
            yield started.start("worker", ["vesper", "worker"]).process.pid


@contextlib.contextmanager
def installed(environ: dict[str, str]) -> Iterator[Installation]:
    """An installation in a folder that is removed afterwards; only Postgres runs at first."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(SOCKETS, most), most))
    with tempfile.TemporaryDirectory(prefix="vesper-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root, Postgres runs as another user, who has to enter it
        keys = installation.make()
        with embedded.running(folder / "postgres") as postgres:
            settings = {"DATABASE_URL": postgres.application_url(), "PUBLIC_ORIGIN": ORIGIN, "LOG_LEVEL": "warning"}
            yield Installation(
                folder=folder,
                postgres=postgres,
                ticket_key=bytes.fromhex(keys.ticket_key),
                environment=environ | keys.settings() | settings,
            )


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
