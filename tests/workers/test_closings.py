"""A clinic's day is closed when it is over: once, signed, over exactly the facts recorded on it."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.events.ledger import DayClosed
from domain.ledger.closings import FIRST, fingerprint, key_id, text
from domain.ledger.streams import closing_stream
from runtime.clock import new_id
from runtime.secrets.signatures import Signer, is_signed
from store.database import Database, database_time
from store.ledger import closing_keys, closings, streams
from store.ledger import facts as ledger
from store.ledger.closings import DAY
from tests import ledgers
from tests.domain.ledger.test_closings import reference_root
from tests.store.ledger.test_facts import somebody_waits
from tests.waiting import eventually
from tests.workers import evening
from tests.workers.closing_days import NO_MARGIN, close, closed, long_ago, published
from tests.workers.evening import Clinic
from tests.workers.poison import Owner
from workers import attendance
from workers.closings import MARGIN, Closer, follow

A_DAY_AHEAD = -DAY
"""A margin with which today counts as over."""


@pytest.fixture
async def signer(owner_url: str) -> Signer:
    return await published(owner_url)


@pytest.fixture
async def three_days_ago(database: Database, clinic: Clinic, owner_url: str) -> None:
    """A clinic with an evening recorded three days ago, and a plan two days later; nothing in between."""
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await long_ago(owner_url, 2)
    await evening.planned(database, clinic)
    await long_ago(owner_url, 1)


async def bodies(database: Database, clinic: Clinic) -> dict[int, str]:
    async with database.transaction() as tx:
        return {fact.position: fact.body for fact in await ledger.read(tx, clinic.id, 0, 1_000)}


async def test_each_day_on_which_something_was_recorded_is_closed(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    facts = await bodies(database, clinic)
    await close(database, signer)
    first, second = await closed(database, clinic.id)
    assert (first.last_position, second.last_position, second.count) == (len(facts) - 1, len(facts), 1)
    assert second.day - first.day == 2 * DAY, "a day without facts has no closing, and no position is missed"
    assert (first.previous, second.previous) == (FIRST, fingerprint(first))


async def test_anyone_can_compute_the_digest_and_verify_the_signature(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    """It takes the bytes of the facts, SHA-256 and a public key, and code independent of the worker."""
    facts = await bodies(database, clinic)
    await close(database, signer)
    [first, _] = await closed(database, clinic.id)
    leaves = [
        hashlib.sha256(b"\0" + position.to_bytes(8, "big") + hashlib.sha256(body.encode()).digest()).digest()
        for position, body in sorted(facts.items())[: first.count]
    ]
    assert first.digest == reference_root(leaves).hex()
    assert is_signed(text(first), bytes.fromhex(first.signature), signer.public_key)
    assert first.key == hashlib.sha256(signer.public_key).hexdigest()[:16]


async def test_long_days_are_hashed_in_portions(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as tx:
        whole = (await closings.tree(tx, clinic.id, 0, 9)).root()
        monkeypatch.setattr(closings, "AT_A_TIME", 2)
        assert (await closings.tree(tx, clinic.id, 0, 9)).root() == whole


async def test_after_the_databases_clock_was_set_back_no_day_is_missed_or_closed_twice(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None, owner: Owner
) -> None:
    await close(database, signer)
    await evening.planned(database, clinic)
    await evening.planned(database, clinic)
    latest = "position = (SELECT max(position) FROM ledger)"
    await owner.run(f"UPDATE ledger SET recorded_at = recorded_at - interval '9 days' WHERE {latest}")
    await close(database, signer, A_DAY_AHEAD)
    found = await closed(database, clinic.id)
    assert len({one.day for one in found}) == len(found) == 3
    assert sum(one.count for one in found) == found[-1].last_position == len(await bodies(database, clinic)) - 1


async def test_a_day_is_over_only_by_the_margin(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    await close(database, signer, timedelta(days=5))
    assert await closed(database, clinic.id) == []


async def test_a_day_with_only_a_closing_is_not_closed(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    await close(database, signer)
    await close(database, signer, A_DAY_AHEAD)
    assert len(await closed(database, clinic.id)) == 2
    await evening.planned(database, clinic)
    await close(database, signer, A_DAY_AHEAD)
    assert [one.count for one in await closed(database, clinic.id)][2:] == [3], "two closings and a plan"


async def test_parallel_workers_close_each_day_once(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    await asyncio.gather(*(close(database, signer) for _ in range(5)))
    assert len(await closed(database, clinic.id)) == 2


@pytest.fixture
async def idle(database: Database) -> AsyncIterator[Closer]:
    """A worker without a key."""
    yield Closer(database, None, NO_MARGIN)


@pytest.mark.usefixtures("three_days_ago")
async def test_without_a_key_the_worker_logs_what_to_do_once_a_day_and_misses_nothing(
    database: Database, clinic: Clinic, idle: Closer, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        await idle.turn()
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
        "days are not closed because there is no CLOSING_KEY: make one with `vesper keys rotate`; nothing is missed"
    ]
    await close(database, await published(owner_url))
    assert len(await closed(database, clinic.id)) == 2


@pytest.mark.usefixtures("three_days_ago")
@pytest.mark.parametrize("change", ["DELETE FROM closing_keys", "UPDATE closing_keys SET valid_until = valid_from"])
async def test_an_invalid_key_signs_nothing(
    database: Database, signer: Signer, owner: Owner, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    await owner.run(change)
    await close(database, signer)
    assert await owner.fetch("SELECT FROM ledger WHERE type = 'day.closed'") == []
    assert "CLOSING_KEY is not valid now" in caplog.text


@pytest.mark.usefixtures("three_days_ago")
async def test_a_clinic_that_cannot_be_closed_does_not_stop_others(
    database: Database, clinic: Clinic, signer: Signer, owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    await close(database, signer)
    await owner.run("UPDATE ledger SET body = '{}' WHERE type = 'day.closed'")
    await evening.planned(database, clinic)
    other = await evening.found(database, clinic.policy)
    await evening.planned(database, other)
    closer = Closer(database, signer, A_DAY_AHEAD)
    await closer.turn()
    assert len(await closed(database, other.id)) == 1
    assert clinic.id in {getattr(record, "clinic", None) for record in caplog.records}
    await closer.turn()
    assert caplog.text.count("could not be closed") == 2, "it is tried again"


@pytest.mark.usefixtures("three_days_ago")
async def test_a_moment_when_the_databases_clock_was_years_ahead_does_not_stop_closings(
    database: Database, clinic: Clinic, signer: Signer, owner: Owner
) -> None:
    """Days are closed by the facts recorded on them; the next closing covers the fact that was dated in the future."""
    await owner.run("UPDATE ledger SET recorded_at = recorded_at + interval '9 years' WHERE position = 2")
    facts = await bodies(database, clinic)
    await close(database, signer)
    found = await closed(database, clinic.id)
    assert [one.count for one in found] == [1, len(facts) - 2, 1]
    assert [one.day - found[0].day for one in found] == [0 * DAY, DAY, 2 * DAY]


@pytest.mark.usefixtures("three_days_ago")
async def test_a_last_closing_of_a_future_day_is_logged(
    database: Database, clinic: Clinic, signer: Signer, owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    """The database's clock was days ahead, and was then corrected."""
    await owner.run("UPDATE ledger SET recorded_at = recorded_at + interval '9 days'")
    await close(database, signer, -9 * DAY)
    await evening.planned(database, clinic)
    latest = "position = (SELECT max(position) FROM ledger)"
    await owner.run(f"UPDATE ledger SET recorded_at = recorded_at - interval '1 day' WHERE {latest}")
    await close(database, signer)
    assert len(await closed(database, clinic.id)) == 2
    assert "its last closing is of a later day" in caplog.text


@pytest.mark.usefixtures("three_days_ago")
async def test_a_key_that_is_ended_while_a_day_is_hashed_signs_nothing(
    database: Database, clinic: Clinic, signer: Signer, owner: Owner
) -> None:
    async with database.transaction() as busy:
        await ledger.take_turns(busy, [clinic.id])
        closing = asyncio.create_task(close(database, signer))
        await eventually(lambda: somebody_waits(database))
        await owner.run("UPDATE closing_keys SET valid_until = clock_timestamp() - interval '2 seconds'")
    await closing
    assert await closed(database, clinic.id) == []


@pytest.mark.usefixtures("three_days_ago")
async def test_ending_a_key_waits_for_a_closing_that_is_being_appended(
    database: Database, signer: Signer, owner_url: str
) -> None:
    async def end() -> None:
        async with Database.open(owner_url) as owner, owner.transaction() as tx:
            await closing_keys.end(tx, [key_id(signer.public_key)], 0)

    async with database.transaction() as appending:
        await closing_keys.every(appending)
        ending = asyncio.create_task(end())
        await eventually(lambda: somebody_waits(database))
        at = await database_time(appending)
    await ending
    async with database.transaction() as tx:
        [key] = await closing_keys.every(tx)
    assert key.valid_until is not None and key.valid_until >= at


@pytest.mark.usefixtures("three_days_ago")
async def test_a_ledger_with_a_hole_is_not_signed(
    database: Database, clinic: Clinic, signer: Signer, owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    await owner.run("CREATE TABLE lost AS SELECT * FROM ledger WHERE position = 3")
    await owner.run("DELETE FROM ledger WHERE position = 3")
    await close(database, signer)
    assert await closed(database, clinic.id) == []
    assert "could not be closed" in caplog.text
    await owner.run("INSERT INTO ledger SELECT * FROM lost")
    await close(database, signer)
    assert len(await closed(database, clinic.id)) == 2


@pytest.mark.usefixtures("three_days_ago")
@pytest.mark.parametrize("signature", ["", "ab" * 64, "no hex", "abc"])
async def test_after_a_forged_closing_nothing_is_closed_and_the_log_says_so(
    database: Database, clinic: Clinic, signer: Signer, caplog: pytest.LogCaptureFixture, signature: str
) -> None:
    """It was recorded with the rights of the application, and claims to cover all future facts."""
    forged = DayClosed(
        id=new_id(), at=evening.SIX, clinic=clinic.id, day=evening.SIX.date(), count=2**62, last_position=2**62,
        digest="", previous=FIRST, key=key_id(signer.public_key), signature=signature,
    )  # fmt: skip
    async with database.transaction() as tx:
        await streams.record(tx, clinic.id, closing_stream(clinic.id), forged)
    await close(database, signer)
    assert len(await closed(database, clinic.id)) == 1
    assert "could not be closed" in caplog.text


@pytest.mark.usefixtures("three_days_ago")
async def test_a_clinic_that_takes_too_long_does_not_stop_others(
    database: Database, database_url: str, clinic: Clinic, signer: Signer, owner_url: str
) -> None:
    others = [await evening.found(database, clinic.policy) for _ in range(3)]
    for other in others:
        await evening.planned(database, other)
    await long_ago(owner_url, 1)
    async with database.transaction() as busy, Database.open(database_url, statement_timeout="200ms") as hurried:
        await ledger.take_turns(busy, [clinic.id])
        await close(hurried, signer)
        assert [len(await closed(database, other.id)) for other in others] == [1, 1, 1]
    assert await closed(database, clinic.id) == []


async def test_a_running_worker_closes_days_as_they_end(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    following = asyncio.create_task(follow(database, signer.private_key(), MARGIN))

    async def two() -> bool:
        return len(await closed(database, clinic.id)) == 2

    await eventually(two)
    following.cancel()


async def test_facts_without_a_session_do_not_stop_attendance(
    database: Database, clinic: Clinic, signer: Signer, three_days_ago: None
) -> None:
    await close(database, signer)
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    while await ledgers.consume(database, attendance.CONSUMER):
        pass
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM session_records WHERE session_id = $1", session) == 1
        assert await tx.fetchval("SELECT count(*) FROM set_aside_sessions") == 0
