"""Every rewrite of the ledger is detected, even one by its owner, and the first bad row is named."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import asyncpg
import pytest

from domain.errors import InvalidInput, NotFound
from domain.events.chart import NoteSigned
from domain.ledger import chain
from runtime import policies
from runtime.clock import new_id, now
from runtime.secrets.signatures import Signer
from runtime.settings import DatabaseSettings
from store.database import Database, database_time
from store.ledger import chains, closings, day_roots, streams
from store.ledger import facts as ledger
from tests.store.ledger.test_day_roots import keep
from tests.workers import evening
from tests.workers.closing_days import close, published
from vesper.proof.export import exported
from vesper.proof.verify import WRONG, Scope, main

Tamper = Callable[[str], Awaitable[None]]
Verify = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def session(database: Database) -> str:
    """An evening in the ledger: its plan at position 1, then its room's facts."""
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    planned = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, planned).rows)
    return planned


@pytest.fixture
def tamper(owner_url: str, session: str) -> Tamper:
    """Runs a statement on the ledger as its owner."""

    async def run(statement: str) -> None:
        owner = await asyncpg.connect(owner_url)
        await owner.execute(statement)
        await owner.close()

    return run


@pytest.fixture
def verify(database_url: str, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Runs the command; returns its JSON, with the exit code as `code`."""

    async def run(**scope: Any) -> dict[str, Any]:
        settings = DatabaseSettings(database_url=database_url)
        code = await asyncio.to_thread(main, settings, Scope(**scope), True)
        return {"code": code, **json.loads(capsys.readouterr().out)}

    return run


@pytest.fixture
async def three_days_ago(database: Database, tamper: Tamper, owner_url: str) -> date:
    """The day on which the evening was recorded; an older release stored its root."""
    await tamper("UPDATE ledger SET recorded_at = recorded_at - interval '3 days'")
    async with database.transaction() as tx:
        day = (await database_time(tx)).date() - 3 * day_roots.DAY
        root = await day_roots.work_out(tx, day)
    await keep(owner_url, root)
    return day


@pytest.fixture
async def closed(database: Database, tamper: Tamper, three_days_ago: date, owner_url: str, session: str) -> Signer:
    """The signer of two closings: of the evening's day, and of a later day with one more fact."""
    async with database.transaction() as tx:
        [clinic] = await ledger.clinics(tx)
    again = NoteSigned(id=new_id(), at=now(), session=session, note=new_id(), version=1, digest="", by=new_id())
    async with database.transaction() as tx:
        await streams.record(tx, clinic, f"note:{session}", again)
    await tamper("UPDATE ledger SET recorded_at = recorded_at - interval '1 day' WHERE type = 'note.signed'")
    signer = await published(owner_url)
    await close(database, signer)
    return signer


async def test_an_untouched_ledger_has_no_faults(verify: Verify, session: str, three_days_ago: date) -> None:
    found = await verify()
    assert (found["code"], found["fault"], found["streams"]) == (0, None, 2)
    assert [root["day"] for root in found["roots"]] == [str(three_days_ago)]
    for scope in ({"session": session}, {"day": three_days_ago}):
        assert await verify(**scope) == {**found, "open": []}
    [open] = found["open"]
    assert open["day"] == str(three_days_ago), "the day is reported as open"


async def test_an_empty_ledger_has_no_faults(verify: Verify) -> None:
    assert await verify() == {
        "code": 0, "faults": [], "facts": 0, "streams": 0, "roots": [], "closings": [], "open": [], "fault": None,
        "fault_count": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "position", "wrong"),
    [
        (
            "UPDATE ledger SET body = replace(body::text, '22:00:00', '21:00:00')::json, at = at - interval '1 hour' "
            "WHERE position = 3",
            3,
            "its hash does not follow from its body and the hash before it",
        ),
        ("UPDATE ledger SET at = at + interval '1 s' WHERE position = 4", 4, "its column at is "),
        ("UPDATE ledger SET body = '{}' WHERE position = 4", 4, "its body is not a fact"),
        ("UPDATE ledger SET hash = other.hash FROM ledger other WHERE ledger.position = 5 AND other.position = 4", 5,
         "its hash does not follow"),
        ("DELETE FROM ledger WHERE position = 6", 7, "fact "),
        ("UPDATE ledger SET seq = seq + 100 WHERE position = 6", 7, "fact "),
        ("DELETE FROM ledger WHERE position = 1", 1, "there is no fact at this position"),
    ],
    ids=["body", "instant", "no fact", "hash", "deleted", "renumbered", "a whole stream"],
)  # fmt: skip
async def test_the_first_bad_row_is_named(
    verify: Verify, tamper: Tamper, statement: str, position: int, wrong: str
) -> None:
    await tamper(statement)
    found = await verify()
    assert found["code"] == WRONG
    assert found["fault"]["position"] == position
    assert found["fault"]["wrong"].startswith(wrong)


async def test_every_fault_of_every_kind_is_named(
    verify: Verify, tamper: Tamper, session: str, three_days_ago: date, owner_url: str
) -> None:
    """Facts altered, misfiled, unreadable, deleted and renumbered, in two streams, and a root; each once."""
    for later in (1, 2):
        await keep(owner_url, day_roots.Root(three_days_ago + later * day_roots.DAY, chain.day_root({}), 0))
    await tamper("UPDATE ledger SET body = replace(body::text, 'America', 'Asia')::json WHERE position = 1")
    await tamper("UPDATE ledger SET at = at + interval '1 s', type = 'break.started' WHERE position = 3")
    await tamper("UPDATE ledger SET body = '{}' WHERE position = 5")
    await tamper("UPDATE ledger SET body = (repeat('[', 1500) || repeat(']', 1500))::json WHERE position = 6")
    await tamper("DELETE FROM ledger WHERE position IN (8, 9, 11)")
    await tamper(f"DELETE FROM ledger_roots WHERE day = '{three_days_ago + day_roots.DAY}'")
    found = await verify()
    assert (found["code"], found["fault_count"], len(found["faults"])) == (WRONG, 12, 12)
    assert found["fault"] == found["faults"][0]
    named = [(fault["position"], fault["wrong"].split(" ", 3)[:3]) for fault in found["faults"]]
    assert sorted((position, words) for position, words in named if position is not None) == [
        (1, ["its", "hash", "does"]),
        (3, ["its", "column", "at"]),
        (3, ["its", "column", "type"]),
        (5, ["its", "body", "is"]),
        (5, ["its", "hash", "does"]),
        (6, ["its", "body", "is"]),
        (6, ["its", "hash", "does"]),
        (8, ["there", "is", "no"]),
        (10, ["fact", "4294967303", "of"]),
        (11, ["there", "is", "no"]),
        (12, ["fact", "4294967306", "of"]),
    ]
    [gone] = [fault["wrong"] for fault in found["faults"] if fault["position"] is None]
    assert gone == f"the root of {three_days_ago + day_roots.DAY} was stored, and is gone"


async def test_streams_are_walked_in_portions(
    verify: Verify, session: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    for _ in range(3):
        await evening.planned(database, clinic)
    whole = await verify()
    monkeypatch.setattr(chains, "STREAMS_AT_A_TIME", 2)
    assert await verify() == whole
    assert whole["streams"] == 5


async def test_a_ledger_cut_off_at_its_end_shows_in_the_root(
    verify: Verify, tamper: Tamper, three_days_ago: date
) -> None:
    await tamper("DELETE FROM ledger WHERE position = (SELECT max(position) FROM ledger)")
    whole, of_the_day = await verify(), await verify(day=three_days_ago)
    assert whole["fault"]["wrong"] == "the ledger had reached this position, and the facts at its end are gone"
    for found in (whole, of_the_day):
        assert found["code"] == WRONG
        assert found["faults"][-1]["wrong"].startswith(f"the streams of {three_days_ago} do not give the root")


async def test_a_clinic_without_its_last_position_is_still_checked(
    verify: Verify, tamper: Tamper, session: str
) -> None:
    await tamper("DELETE FROM ledger_heads")
    await tamper("UPDATE ledger SET hash = '' WHERE position = 3")
    assert (await verify())["fault"]["position"] == 3


async def test_a_deleted_root_is_detected(verify: Verify, tamper: Tamper, three_days_ago: date, owner_url: str) -> None:
    for later in (1, 2):
        await keep(owner_url, day_roots.Root(three_days_ago + later * day_roots.DAY, chain.day_root({}), 0))
    await tamper(f"DELETE FROM ledger_roots WHERE day = '{three_days_ago + day_roots.DAY}'")
    found = await verify()
    assert found["code"] == WRONG
    assert found["fault"]["wrong"] == f"the root of {three_days_ago + day_roots.DAY} was stored, and is gone"


async def test_other_sessions_are_not_checked(verify: Verify, tamper: Tamper, database: Database) -> None:
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    other = await evening.planned(database, clinic)
    await tamper("UPDATE ledger SET hash = '' WHERE position = 3")
    assert (await verify(session=other))["code"] == 0
    assert (await verify())["code"] == WRONG


async def test_an_export_has_the_roots_of_its_days(database: Database, session: str, three_days_ago: date) -> None:
    async with database.transaction() as tx:
        [kept] = await day_roots.every(tx)
        [given] = (await exported(tx, session)).roots
    assert (given.day, given.root) == (three_days_ago, kept.root.hex())


async def test_closings_that_hold_are_shown_and_nothing_is_open(verify: Verify, closed: Signer, session: str) -> None:
    found = await verify()
    assert (found["code"], found["faults"], found["open"]) == (0, [], [])
    [last] = found["closings"]
    assert (await verify(session=session))["closings"] == [last]
    assert (await verify(day=date.fromisoformat(last["day"])))["closings"] == [last]


REWRITTEN = """
    UPDATE ledger SET body = replace(body::text, 'America', 'Asia')::json,
           hash = sha256(decode(repeat('00', 32), 'hex')
                         || sha256(convert_to(replace(body::text, 'America', 'Asia'), 'UTF8')))
    WHERE position = 1
"""


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        (REWRITTEN, "the facts at the positions 1 to "),
        ("UPDATE closing_keys SET id = 'another'", "it names the key "),
        ("UPDATE closing_keys SET public_key = sha256('another')", "its signature is not by the key "),
        ("UPDATE closing_keys SET valid_until = valid_from", "its key "),
        ("UPDATE closing_keys SET valid_from = now() + interval '1 day'", "its key "),
    ],
    ids=["a chain rewritten as a whole", "a key never published", "another key", "a key at its end", "a later key"],
)
async def test_every_fault_of_a_closing_is_named(
    verify: Verify, tamper: Tamper, closed: Signer, statement: str, wrong: str
) -> None:
    await tamper("DELETE FROM ledger_roots")
    await tamper(statement)
    found = await verify()
    assert found["code"] == WRONG
    assert {fault["stream"].split(":")[0] for fault in found["faults"]} == {"closing"}
    assert all(fault["wrong"].startswith(wrong) for fault in found["faults"]), found["faults"]
    assert found["faults"]


async def test_every_wrong_closing_is_named(verify: Verify, tamper: Tamper, closed: Signer) -> None:
    """The first closing's count is altered, so the second no longer follows it."""
    await tamper("DELETE FROM ledger_roots")
    await tamper(
        "UPDATE ledger SET body = regexp_replace(body::text, '\"count\":[0-9]+', '\"count\":3')::json "
        "WHERE type = 'day.closed' AND seq = 1"
    )
    faults = (await verify())["faults"]
    assert [(fault["seq"], fault["wrong"].split(" ")[:3]) for fault in faults] == [
        (1, ["its", "hash", "does"]), (1, ["it", "says", "that"]), (1, ["its", "signature", "is"]),
        (2, ["it", "does", "not"]),
    ]  # fmt: skip


async def test_a_skipped_day_is_detected(
    verify: Verify, tamper: Tamper, closed: Signer, database: Database, three_days_ago: date
) -> None:
    """A holder of the key left a day out, and closed its facts with the next day."""
    await tamper("DELETE FROM ledger WHERE type = 'day.closed' AND seq = 2")
    await tamper("UPDATE ledger_heads SET position = (SELECT max(position) FROM ledger)")
    await tamper("UPDATE ledger SET recorded_at = recorded_at + interval '1 day' WHERE type = 'note.signed'")
    await close(database, closed, -closings.DAY)
    assert (await verify())["code"] == 0
    await tamper("UPDATE ledger SET recorded_at = recorded_at - interval '1 day' WHERE type = 'note.signed'")
    day = three_days_ago + 2 * day_roots.DAY
    assert (await verify())["fault"]["wrong"] == f"it covers facts of {day}, whose own closing is missing"


async def test_an_unreadable_closing_is_named_and_the_check_goes_on(
    verify: Verify, tamper: Tamper, closed: Signer
) -> None:
    await tamper("UPDATE ledger SET body = '{}' WHERE type = 'day.closed' AND seq = 2")
    found = await verify()
    assert (found["code"], found["fault"]["wrong"]) == (WRONG, "its body is not a fact")
    assert [one["day"] for one in found["open"]] != [], "the facts of that closing count as open"


async def test_a_fact_at_a_far_position_is_reported_as_a_hole_without_a_scan(
    verify: Verify, tamper: Tamper, closed: Signer, database: Database
) -> None:
    """The fact is inserted with the application's rights, as a closing that claims to cover the hole."""
    far = 2**62
    body = 'body::text, \'"last_position":[0-9]+\', \'"last_position":' + str(far) + "'"
    async with database.transaction() as tx:
        await tx.execute(
            f"""
            INSERT INTO ledger (clinic_id, position, event_id, stream, seq, type, v, at, body, hash)
            SELECT clinic_id, {far}, gen_random_uuid(), stream, 3, type, v, at, regexp_replace({body})::json, hash
            FROM ledger WHERE type = 'day.closed' AND seq = 2
            """
        )
    async with asyncio.timeout(10):
        wrongs = [fault["wrong"] for fault in (await verify())["faults"]]
    assert any(wrong.startswith("there is no fact at this position and those to") for wrong in wrongs)


async def test_people_get_a_sentence(
    database: Database, database_url: str, session: str, tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = DatabaseSettings(database_url=database_url)
    async with database.transaction() as tx:
        [clinic] = await ledger.clinics(tx)
    assert await asyncio.to_thread(main, settings, Scope(), False) == 0
    assert capsys.readouterr().out.startswith("Every link holds: ")
    await tamper("UPDATE ledger SET hash = '' WHERE position = 1")
    assert await asyncio.to_thread(main, settings, Scope(), False) == WRONG
    assert capsys.readouterr().out.startswith(
        f"WRONG at clinic {clinic}, position 1, stream plan:{session}, fact 1: its hash does not"
    )


async def test_a_scope_that_cannot_be_checked_is_refused(database_url: str, session: str) -> None:
    settings = DatabaseSettings(database_url=database_url)
    with pytest.raises(NotFound, match="There is no session"):
        await asyncio.to_thread(main, settings, Scope(session=new_id()), True)
    with pytest.raises(InvalidInput, match="not the id of a session"):
        await asyncio.to_thread(main, settings, Scope(session="tonight"), True)
    with pytest.raises(InvalidInput, match="not both"):
        await asyncio.to_thread(main, settings, Scope(session=session, day=date(2026, 9, 15)), True)
