"""A whole installation in its own processes: one server, one worker, signaling nodes, on the test's database."""

import asyncio
import contextlib
import signal
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import asyncpg
import msgspec

from runtime.clock import now, seconds_since_boot
from runtime.postgres.embedded import Embedded
from runtime.settings import RunSettings, SeedSettings, read
from server.demo.seed import DemoClinic, seed
from store.database import Database
from tests.sharing import free_port
from tests.waiting import eventually
from vesper.keys import installation as keys
from vesper.run.health import answers, listens
from vesper.run.layout import environment_of, prepare
from vesper.run.processes import Child, Children

START_SECONDS = 40
STOP_SECONDS = 20


class Node(msgspec.Struct, frozen=True):
    """A signaling node's address, and its own settings."""

    name: str
    port: int
    environment: dict[str, str]


class Installation:
    """Its processes by name: `server`, `worker` and the nodes. All of them end with it."""

    def __init__(self, folder: Path, environment: Mapping[str, str], nodes: int) -> None:
        self._folder = prepare(folder)
        self._environment = dict(environment)
        self.nodes = [self._node(number) for number in range(1, nodes + 1)]
        self.origin = environment["PUBLIC_ORIGIN"]
        self._running: dict[str, Child] = {}

    def _node(self, number: int) -> Node:
        port = free_port()
        journal = self._folder / "journal" / str(number)
        journal.mkdir(mode=0o700)
        own = {
            "NODE_ID": f"node-{number}",
            "SIGNALING_PORT": str(port),
            "SIGNALING_URL": f"ws://localhost:{port}",
            "MEDIA_PORT": str(free_port()),
            "JOURNAL_DIR": str(journal),
        }
        return Node(own["NODE_ID"], port, own)

    def start(self, name: str) -> float:
        """Start a process; returns when, in seconds since boot."""
        own = next((node.environment for node in self.nodes if node.name == name), {})
        children = Children(self._environment | own, self._folder / "logs")
        self._running[name] = children.start(name, ["vesper", "signaling" if own else name])
        return seconds_since_boot()

    def signal(self, name: str, sign: signal.Signals) -> None:
        """Send a process a signal: kill -9, stop, or continue."""
        self._running[name].process.send_signal(sign)
        if sign is signal.SIGKILL:
            self._running.pop(name).process.wait()

    async def stop(self, name: str) -> None:
        """Ask a process to end, as at a restart, and wait until it has."""
        stopping = self._running.pop(name).process
        stopping.send_signal(signal.SIGTERM)
        await asyncio.wait_for(asyncio.to_thread(stopping.wait), STOP_SECONDS)

    async def ship_journal(self, name: str) -> None:
        """Ship the journal of a node that does not come back."""
        node = next(node for node in self.nodes if node.name == name)
        vesper = str(Path(sys.executable).with_name("vesper"))
        shipping = await asyncio.create_subprocess_exec(
            vesper, "ship-journal", node.environment["JOURNAL_DIR"], env=self._environment, stdout=DEVNULL
        )
        assert await asyncio.wait_for(shipping.wait(), STOP_SECONDS) == 0

    async def up(self) -> None:
        """Return once every started process answers."""
        await eventually(self._answers, START_SECONDS)

    async def _answers(self) -> bool:
        for child in self._running.values():
            assert child.end_report() is None, child.end_report()
        ports = [node.port for node in self.nodes if node.name in self._running]
        return all(listens(port) for port in ports) and answers(f"{self.origin}/api/health")

    def end(self) -> None:
        """Kill every process."""
        for child in self._running.values():
            child.process.kill()
            child.process.wait()


@contextlib.asynccontextmanager
async def installed(folder: Path, database_url: str, nodes: int, **settings: str) -> AsyncIterator[Installation]:
    """A running installation, with further settings."""
    wanted = read(RunSettings, {"SERVER_PORT": str(free_port())})
    environment = environment_of(wanted, folder, {}) | keys.make().settings() | settings
    environment |= {"DATABASE_URL": database_url}
    made = Installation(folder, environment, nodes)
    try:
        for name in ("server", "worker", *(node.name for node in made.nodes)):
            made.start(name)
        await made.up()
        yield made
    finally:
        made.end()


async def demo(database: Database, origin: str, clients: int) -> DemoClinic:
    """A clinic with a group in progress, and this many clients."""
    settings = SeedSettings(database_url="", public_origin=origin, password_memory_kib=8192)
    return await seed(database, settings, now(), clients - 3)


class Outage:
    """Takes one database away from everybody who is not superuser, and gives it back."""

    def __init__(self, postgres: Embedded, database: str) -> None:
        self._postgres, self._database = postgres, database

    async def begin(self) -> None:
        """Break every connection, and refuse new ones."""
        await self._execute(f"ALTER DATABASE {self._database} CONNECTION LIMIT 0")
        await self._execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._database}'"
        )

    async def end(self) -> None:
        """Bring it back."""
        await self._execute(f"ALTER DATABASE {self._database} CONNECTION LIMIT -1")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._postgres.superuser_url())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
