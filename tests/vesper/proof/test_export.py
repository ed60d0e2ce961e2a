"""An exported session holds everything that its minutes depend on."""

import random
from pathlib import Path

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.errors import InvalidInput, NotFound
from domain.proof import export
from runtime.clock import new_id, now
from runtime.settings import SeedSettings
from server.demo.seed import seed
from store.database import Database
from store.ledger.closings import DAY
from tests import ledgers
from tests.workers.closing_days import close, published
from tests.workers.poison import UNREADABLE, Owner
from vesper.proof.explain import main, read
from vesper.proof.export import exported


@pytest.fixture
async def session(database: Database, database_url: str) -> str:
    """The demo's evening group, planned and not begun yet."""
    demo = await seed(database, SeedSettings(database_url=database_url, password_memory_kib=64), now())
    return demo.session


async def test_anyone_can_check_its_chains_and_compute_its_minutes(database: Database, session: str) -> None:
    async with database.transaction() as tx:
        found = export.read(export.encode(await exported(tx, session)))
    assert session in attendance(export.facts(found))


async def test_facts_are_exported_byte_for_byte(database: Database, session: str) -> None:
    async with database.transaction() as tx:
        found = await exported(tx, session)
        recorded = await ledgers.of_session(tx, session)
    assert [(fact.body, fact.hash) for fact in found.events] == [(fact.body, fact.hash.hex()) for fact in recorded]


async def test_a_session_that_was_never_planned_is_refused(database: Database) -> None:
    with pytest.raises(NotFound, match="There is no session"):
        async with database.transaction() as tx:
            await exported(tx, new_id())


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_fact_is_exported_byte_for_byte(
    database: Database, session: str, owner_url: str, body: str
) -> None:
    """`vesper explain` names the fact."""
    await Owner(owner_url).poison(session, 0, body)
    async with database.transaction() as tx:
        found = export.read(export.encode(await exported(tx, session)))
    assert found.events[0].body == body
    with pytest.raises(InvalidInput, match=r"events\[0\]"):
        export.facts(found)


async def test_the_closing_covers_its_facts_and_every_altered_letter_of_the_file_is_detected(
    database: Database, session: str, owner_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await close(database, await published(owner_url), -DAY)
    async with database.transaction() as tx:
        body = export.encode(await exported(tx, session))
    found = export.read(body)
    [given] = found.closings
    path = tmp_path / "evening.json"
    path.write_bytes(body)
    assert main([path], as_json=False, why=None) == 0
    assert given.public_key and "Closed " in capsys.readouterr().out
    parts = [given.body, given.public_key, *given.others]
    parts += [part for one in found.sessions for fact in one.events for part in (fact.body, fact.hash)]
    chance = random.Random(7)
    for part in parts:
        raw = msgspec.json.encode(part)[1:-1]
        for place in chance.sample(range(len(raw)), 4):
            altered = raw[:place] + (b"8" if raw[place : place + 1] != b"8" else b"9") + raw[place + 1 :]
            path.write_bytes(body.replace(raw, altered))
            with pytest.raises(InvalidInput):
                read(path)
