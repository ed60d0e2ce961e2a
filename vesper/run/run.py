"""Everything on one machine: the web app, Postgres, the schema, the demo clinic, and the three processes."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from rich.console import Console

from runtime import settings
from runtime.clock import now
from runtime.errors import CannotStart
from runtime.postgres import embedded
from server.demo.seed import DemoClinic, seed
from store.database import Database
from store.migrate import MigrationRefused, migrate
from vesper.keys import closing, installation
from vesper.run import mark, ports, web_build
from vesper.run.announcement import Running, announce
from vesper.run.health import answers, listens, wait_until
from vesper.run.layout import WEB, environment_of, prepare
from vesper.run.processes import Child, Children, children
from vesper.run.steps import Steps


class Options(msgspec.Struct, frozen=True):
    """The options of the command line."""

    data: Path
    bots: int = 0
    as_json: bool = False
    mark: Path | None = None
    """A file that exists while everything runs."""


class Postgres(msgspec.Struct, frozen=True):
    """Its address for each role, and its process if `vesper run` started it."""

    application_url: str
    owner_url: str
    child: Child | None = None


def run(options: Options, environ: Mapping[str, str]) -> None:
    """Start everything, print the address, and run until Ctrl-C.

    Raises:
        CannotStart: with one sentence that says what to do.
    """
    wanted = settings.read(settings.RunSettings, environ)
    steps = Steps(Console(stderr=options.as_json, soft_wrap=True))
    for stops in (signal.SIGINT, signal.SIGTERM):  # a shell that starts this in the background has SIGINT ignored
        signal.signal(stops, _interrupt)
    ports.check_free(_ports(wanted))
    folder = prepare(options.data)
    with _until_interrupted(steps.console), mark.kept(options.mark), contextlib.ExitStack() as stack:
        web_build.ensure_built(WEB, folder / "logs" / "web.log", steps)
        postgres = stack.enter_context(_postgres(wanted, folder, steps))
        _migrate(postgres.owner_url, steps)
        environment = environment_of(wanted, folder, environ)
        environment |= installation.kept(folder / "keys.json").settings() | {"DATABASE_URL": postgres.application_url}
        environment["CLOSING_KEY"] = installation.closing_key(folder / "closing-key")
        closing.keep(postgres.owner_url, environment["CLOSING_KEY"])
        clinic = _seed(environment, options.bots, steps)
        started = stack.enter_context(children(environment, folder / "logs"))
        _start(started, wanted, steps)
        _seat_bots(started, clinic)
        announce(steps.console, Running(origin=environment["PUBLIC_ORIGIN"], demo=clinic), folder, options.as_json)
        if postgres.child:
            started.watch(postgres.child)
        for end in started.end_reports():
            steps.console.print(f"[red]{end}.[/] Ctrl-C stops everything.", highlight=False)
        raise CannotStart(f"All processes have ended; the logs in {folder / 'logs'} say why.")


@contextlib.contextmanager
def _until_interrupted(console: Console) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        console.print("\nStopped. The data is kept.")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _ports(wanted: settings.RunSettings) -> dict[str, int]:
    return {
        "SERVER_PORT": wanted.server_port,
        "SIGNALING_PORT": wanted.signaling_port,
        "MEDIA_PORT": wanted.media_port,
    }


@contextlib.contextmanager
def _postgres(wanted: settings.RunSettings, folder: Path, steps: Steps) -> Iterator[Postgres]:
    if bool(wanted.database_url) != bool(wanted.owner_database_url):
        raise CannotStart("To use your own Postgres set both DATABASE_URL and OWNER_DATABASE_URL.")
    if wanted.database_url:
        yield Postgres(wanted.database_url, wanted.owner_database_url)
        return
    with contextlib.ExitStack() as stack:
        with steps.step("Starting Postgres", "Postgres started"):
            server = stack.enter_context(embedded.running(folder / "postgres"))
        child = Child("database", server.process, folder / "postgres" / "postgres.log")
        yield Postgres(server.application_url(), server.owner_url(), child)


def _migrate(owner_url: str, steps: Steps) -> None:
    with steps.step("Bringing the schema up to date", "Schema up to date"):
        try:
            asyncio.run(migrate(owner_url))
        except MigrationRefused as error:
            raise CannotStart(str(error)) from error


def _seed(environment: Mapping[str, str], bots: int, steps: Steps) -> DemoClinic:
    wanted = settings.read(settings.SeedSettings, environment)

    async def make() -> DemoClinic:
        async with Database.open(wanted.database_url) as database:
            return await seed(database, wanted, now(), bots)

    with steps.step("Preparing the demo clinic", "Demo clinic ready"):
        return asyncio.run(make())


def _start(started: Children, wanted: settings.RunSettings, steps: Steps) -> None:
    with steps.step("Starting server, signaling and worker", "Server, signaling and worker started"):
        for name in ("server", "signaling", "worker"):
            started.keep(name, ["vesper", name])
        health = f"http://127.0.0.1:{wanted.server_port}/api/health"
        wait_until(lambda: answers(health) and listens(wanted.signaling_port), started.started)


def _seat_bots(started: Children, clinic: DemoClinic) -> None:
    """Start the bots. Their links are secrets, so they are sent on standard input and not on the command line."""
    if clinic.bot_links:
        links = "".join(f"{link.url}\n" for link in clinic.bot_links)
        started.start("bots", ["vesper", "bots"], links.encode())
