"""Fixtures of all tests: a real Postgres, a migrated database for each test, and the browser."""

import asyncio
import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from runtime.postgres import embedded
from store.database import Database
from store.migrate import migrate

pytest_plugins = ["tests.no_skips", "tests.sharing", "tests.closing", "tests.partitions"]
TEMPLATE = "vesper_template"
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
"""Each test's database is three hundred files, made and removed: in memory, where there is room, that costs a quarter.
`/dev/shm` is the memory that Linux offers as a folder; in a container it may be small."""
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[embedded.Embedded]:
    """One server for the whole run, without durability."""
    with _passable_folder() as folder, embedded.running(folder, fast=True) as server:
        yield server


@pytest.fixture
def passable_path() -> Iterator[Path]:
    """An empty folder that other users may enter, unlike `tmp_path`: as root, Postgres runs as another user."""
    with _passable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def template(postgres: embedded.Embedded) -> str:
    """The template of each test's database: migrated once, without open connections."""

    async def make() -> None:
        await _as_superuser(postgres, f"CREATE DATABASE {TEMPLATE} OWNER {embedded.OWNER_ROLE}")
        await migrate(postgres.owner_url(TEMPLATE))

    asyncio.run(make())
    return TEMPLATE


@pytest.fixture
async def database_name(postgres: embedded.Embedded, layout: str) -> AsyncIterator[str]:
    """A fresh, migrated, empty database, dropped after the test."""
    name = f"test_{next(_numbers)}"
    copy = f"CREATE DATABASE {name} TEMPLATE {layout} STRATEGY file_copy OWNER {embedded.OWNER_ROLE}"
    await _as_superuser(postgres, copy)
    yield name
    await _as_superuser(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(postgres: embedded.Embedded, database_name: str) -> str:
    """The test's database, as the application's role."""
    return postgres.application_url(database_name)


@pytest.fixture
def owner_url(postgres: embedded.Embedded, database_name: str) -> str:
    """The test's database, as the role that owns it."""
    return postgres.owner_url(database_name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The test's database, opened as the application's role."""
    async with Database.open(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The installed Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium is installed; `make test` as root installs it, or install the package `chromium`")


async def _as_superuser(postgres: embedded.Embedded, statement: str) -> None:
    connection = await asyncpg.connect(postgres.superuser_url())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@contextlib.contextmanager
def _passable_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vesper-test-", dir=_memory()) as name:
        Path(name).chmod(0o711)
        yield Path(name)


def _memory() -> Path | None:
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if has_room else None
