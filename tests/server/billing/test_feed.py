"""Billing reads the ledger: every position, in order, and only what may be disclosed to it."""

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature

from domain.chart.notes import NoteKind
from domain.events.chart import NoteSigned
from domain.ledger import chain
from domain.privacy.consents import Consent
from runtime.clock import new_id
from store.database import Database
from store.ledger import streams
from store.ledger.closings import DAY
from store.privacy import consents
from tests.server.conftest import EVENING, Answer, Browser, Clock, House
from tests.workers import evening
from tests.workers.closing_days import close, published
from tests.workers.evening import Room
from tests.workers.poison import Owner

PROJECT = Path(__file__).parents[3]
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@dataclass
class Biller:
    """A billing system with an API token, which continues from its last cursor."""

    browser: Browser
    token: str
    after: int = 0

    async def asks(self, query: str = "") -> Answer:
        return await self.browser.get(f"/api/feed{query}", Authorization=f"Bearer {self.token}")

    async def reads(self, limit: int = 500) -> list[dict[str, Any]]:
        answer = await self.asks(f"?after={self.after}&limit={limit}")
        assert answer.status == 200, answer.body
        assert answer.body["notice"] == NOTICE
        self.after = answer.body["next"]
        return list(answer.body["items"])


@pytest.fixture
def biller(visitor: Browser, house: House) -> Biller:
    return Biller(visitor, house.token)


@pytest.fixture
async def consent(database: Database, house: House) -> Consent:
    """The client's consent to disclosure to the biller."""
    signed = Consent(
        id=new_id(), client=house.client, recipient="Billing", purpose="treatment_payment_operations",
        signed_at=EVENING - timedelta(days=30),
    )  # fmt: skip
    async with database.transaction() as tx:
        await consents.file(tx, house.clinic, signed)
    return signed


@pytest.fixture
async def room(database: Database, house: House) -> AsyncIterator[Room]:
    """The facilitator and the client come and go; their facts follow the plan at position 1."""
    room = Room(house.clinic, house.session, at=EVENING)
    facilitator = room.comes(house.facilitator, EVENING, "facilitator")
    client = room.comes(house.client, EVENING)
    room.goes(client, EVENING + timedelta(hours=3)).goes(facilitator, EVENING + timedelta(hours=3))
    await evening.ship(database, room.rows)
    return room


def types(items: list[dict[str, Any]]) -> list[str]:
    return [item["type"] for item in items]


async def disclosed(database: Database) -> list[tuple[Any, ...]]:
    """The accounting in the order written: client, consent, first and last position, number of facts."""
    async with database.transaction() as tx:
        rows = await tx.fetch(
            "SELECT client_id, consent_id, first_position, last_position, events FROM disclosures ORDER BY id"
        )
    return [tuple(row) for row in rows]


async def revoke(database: Database, consent: Consent, at: datetime) -> None:
    async with database.transaction() as tx:
        await tx.execute("UPDATE consents SET revoked_at = $2 WHERE id = $1", consent.id, at)


async def test_a_consenting_clients_evening_is_disclosed_whole(biller: Biller, consent: Consent, room: Room) -> None:
    items = await biller.reads()
    assert [item["position"] for item in items] == list(range(1, 9))
    assert types(items) == [
        "session.planned", "room.opened", "connection.opened", "connection.admitted", "connection.opened",
        "connection.admitted", "connection.closed", "connection.closed",
    ]  # fmt: skip


async def test_a_disclosed_fact_can_be_checked_against_its_hash(biller: Biller, consent: Consent, room: Room) -> None:
    answer = await biller.asks()
    items = [item for item in msgspec.json.decode(msgspec.json.encode(answer.body))["items"] if item["position"] > 1]
    previous = chain.START
    for item, row in zip(items, room.rows, strict=True):
        previous = chain.link(previous, row.body)
        assert (item["hash"], item["event"]) == (previous.hex(), msgspec.json.decode(row.body))


async def test_without_consent_a_client_leaves_empty_positions(
    biller: Biller, house: House, room: Room, database: Database
) -> None:
    items = await biller.reads()
    assert types(items) == [
        "session.planned", "room.opened", "connection.opened", "connection.admitted", "withheld", "withheld",
        "withheld", "connection.closed",
    ]  # fmt: skip
    assert items[4] == {"position": 5, "type": "withheld", "digest": hashlib.sha256(room.rows[3].body).hexdigest()}
    assert house.client not in msgspec.json.encode(items).decode()
    assert await disclosed(database) == []


async def test_a_plan_names_only_consenting_clients_and_carries_the_digest_of_the_whole(
    biller: Biller, house: House, database: Database, clock: Clock, owner_url: str
) -> None:
    [before] = await Biller(biller.browser, house.token).reads()
    assert [entry["person"] for entry in before["event"]["roster"]] == [house.facilitator]
    assert before["event"]["salt"] == "", "so that its digest confirms no guess at who is left out"
    async with database.transaction() as tx:
        signed = Consent(
            id=new_id(), client=house.client, recipient="any", purpose="treatment_payment_operations",
            signed_at=clock.now,
        )  # fmt: skip
        await consents.file(tx, house.clinic, signed)
    [since] = await biller.reads()
    assert {entry["person"] for entry in since["event"]["roster"]} == {house.facilitator, house.client}
    assert (since["hash"], "digest" in since) == (before["hash"], False)
    body = (await Owner(owner_url).fetch("SELECT body::text AS body FROM ledger"))[0]["body"].encode()
    assert (before["digest"], before["hash"]) == (chain.digest(body).hex(), chain.link(chain.START, body).hex())
    assert await disclosed(database) == [(house.client, signed.id, 1, 1, 1)]


async def test_a_consent_revoked_between_two_pages_ends_the_disclosure(
    biller: Biller, consent: Consent, room: Room, database: Database, clock: Clock
) -> None:
    first = await biller.reads(limit=5)
    clock.advance(minutes=1)
    await revoke(database, consent, clock.now)
    second = await biller.reads(limit=5)
    assert types(first + second) == [
        "session.planned", "room.opened", "connection.opened", "connection.admitted", "connection.opened",
        "withheld", "withheld", "connection.closed",
    ]  # fmt: skip
    assert await disclosed(database) == [(consent.client, consent.id, 1, 5, 2)]


async def test_each_page_is_accounted_for(
    biller: Biller, house: House, consent: Consent, room: Room, database: Database
) -> None:
    for _ in range(3):
        await biller.reads(limit=3)
    assert await disclosed(database) == [
        (house.client, consent.id, 1, 1, 1),
        (house.client, consent.id, 5, 6, 2),
        (house.client, consent.id, 7, 7, 1),
    ]


async def test_another_clinics_facts_have_no_positions_in_this_feed(
    biller: Biller, house: House, elsewhere: House, consent: Consent, database: Database
) -> None:
    other = Room(elsewhere.clinic, elsewhere.session, at=EVENING)
    other.comes(elsewhere.facilitator, EVENING, "facilitator")
    await evening.ship(database, other.rows)
    assert [(item["position"], item["type"]) for item in await biller.reads()] == [(1, "session.planned")]


@pytest.mark.usefixtures("consent")
@pytest.mark.parametrize(
    ("kind", "type"),
    [("progress", "note.signed"), ("private_reflection", "withheld"), ("sud_counselling", "withheld")],
)
async def test_private_and_counselling_notes_leave_no_trace(
    biller: Biller, house: House, database: Database, kind: NoteKind, type: str
) -> None:
    await signed_note(database, house, kind)
    assert types(await biller.reads()) == ["session.planned", type]


async def test_reading_in_pages_of_one_skips_nothing(biller: Biller, consent: Consent, room: Room) -> None:
    items: list[dict[str, Any]] = []
    while more := await biller.reads(limit=1):
        items += more
    assert [item["position"] for item in items] == list(range(1, 9))


async def test_the_feed_says_whether_there_is_more_and_where_to_continue(
    biller: Biller, consent: Consent, room: Room
) -> None:
    page = (await biller.asks("?after=0&limit=7")).body
    assert (page["next"], page["more"]) == (7, True)
    page = (await biller.asks("?after=7&limit=1")).body
    assert (page["next"], page["more"]) == (8, False)
    page = (await biller.asks("?after=8")).body
    assert (page["items"], page["next"], page["more"]) == ([], 8, False)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("cursor", [9, 1_000_000, 2**63 - 2])
async def test_a_cursor_that_no_page_gave_is_refused_so_that_no_fact_is_skipped(biller: Biller, cursor: int) -> None:
    """Another clinic's cursor, or one from before a restore: after an empty page, facts would be skipped."""
    answer = await biller.asks(f"?after={cursor}")
    assert (answer.status, answer.code, answer.body["path"]) == (422, "invalid_input", "$.after")


async def test_a_fact_of_a_newer_release_is_withheld(
    biller: Biller, house: House, consent: Consent, database: Database
) -> None:
    [opened] = Room(house.clinic, house.session, at=EVENING).rows
    newer = msgspec.structs.replace(opened, body=opened.body.replace(b'"epoch":1', b'"epoch":"one"'))
    await evening.ship(database, [newer])
    assert types(await biller.reads()) == ["session.planned", "withheld"]


async def test_caches_do_not_keep_answers(biller: Biller) -> None:
    assert (await biller.asks()).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["?limit=0", "?limit=1001", "?after=-1", "?after=x", "?before=3", "?limit=1&limit=2"])
async def test_an_invalid_query_is_refused(biller: Biller, query: str) -> None:
    answer = await biller.asks(query)
    assert (answer.status, answer.code) == (422, "invalid_input")


async def test_without_a_valid_token_nothing_is_disclosed(
    biller: Biller, facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    assert (await Biller(biller.browser, "wrong").asks()).status == 401
    assert (await biller.browser.get("/api/feed")).status == 401
    assert (await facilitator.get("/api/feed")).status == 401
    async with database.transaction() as tx:
        await tx.execute("UPDATE api_tokens SET revoked_at = $1", clock.now)
    assert (await biller.asks()).status == 401


@pytest.mark.usefixtures("consent", "room")
@pytest.mark.parametrize("place", range(1, 8))
async def test_a_fact_that_cannot_be_read_keeps_its_position_and_the_page(
    biller: Biller, house: House, owner_url: str, place: int
) -> None:
    """A connection whose opening cannot be read belongs to nobody known: its other facts are withheld too."""
    before = await biller.reads()
    await Owner(owner_url).poison(house.session, place)
    biller.after = 0
    items = await biller.reads()
    assert [item["position"] for item in items] == list(range(1, 9))
    poisoned = await digest_at(owner_url, place + 1)
    assert items[place] == {"position": place + 1, "type": "withheld", "digest": poisoned}
    assert [item for item in items if item["type"] != "withheld"] == [
        before[item["position"] - 1] for item in items if item["type"] != "withheld"
    ]


@pytest.mark.usefixtures("consent", "room")
async def test_a_signature_that_cannot_be_read_is_the_only_fact_withheld(
    biller: Biller, house: House, database: Database, owner_url: str
) -> None:
    await signed_note(database, house)
    assert (await biller.reads())[-1]["type"] == "note.signed"
    await Owner(owner_url).poison(house.session, -1, '{"type":"note.signed","at":"2026-09-15T22:00:00Z","note":1}')
    biller.after = 0
    assert types(await biller.reads())[-2:] == ["connection.closed", "withheld"]


async def test_a_plan_of_an_older_release_that_is_not_disclosed_whole_has_neither_hash_nor_digest(
    biller: Biller, house: House, owner_url: str
) -> None:
    """It has no salt: its digest would confirm a guess at who else is on its roster."""
    owner = Owner(owner_url)
    await owner.run("UPDATE ledger SET body = regexp_replace(body::text, ',\"salt\":\"[0-9a-f]+\"', '')::json")
    [plan] = await biller.reads()
    assert plan["type"] == "session.planned"
    assert not {"hash", "digest"} & plan.keys()


async def digest_at(owner_url: str, position: int) -> str:
    """The digest of the fact at this position, computed by the database."""
    query = "SELECT encode(sha256(convert_to(body::text, 'UTF8')), 'hex') AS digest FROM ledger WHERE position = $1"
    [row] = await Owner(owner_url).fetch(query, position)
    return str(row["digest"])


async def test_a_biller_without_consents_checks_a_closing_with_the_lines_of_the_manual(
    biller: Biller, house: House, room: Room, database: Database, owner_url: str
) -> None:
    """docs/feed.md has these lines; the test runs them unchanged."""
    signer = await published(owner_url)
    await close(database, signer, -DAY)
    items = await biller.reads()
    assert "withheld" in types(items)
    keys = (await biller.browser.get("/api/closing-keys")).body["keys"]
    check = manual("def check_closing(")
    check(items, keys)
    for spoiled in ("digest", "count", "signature", "last_position", "previous", "day"):
        changed = msgspec.json.decode(msgspec.json.encode(items))
        value = changed[-1]["event"][spoiled]
        changed[-1]["event"][spoiled] = (
            value + 1 if isinstance(value, int) else ("2" if value[0] == "1" else "1") + value[1:]
        )
        with pytest.raises((AssertionError, InvalidSignature)):
            check(changed, keys)
    withheld = next(item for item in items if item["type"] == "withheld")
    withheld["digest"] = "00" * 32
    with pytest.raises(AssertionError):
        check(items, keys)


def manual(marker: str) -> Any:
    """The names that the Python block with `marker` in docs/feed.md defines."""
    pieces = re.findall(r"```python\n(.*?)```", (PROJECT / "docs" / "feed.md").read_text(), re.DOTALL)
    [piece] = [piece for piece in pieces if marker in piece]
    defined: dict[str, Any] = {}
    exec(piece, defined)
    return defined[marker.removeprefix("def ").removesuffix("(")]


async def signed_note(database: Database, house: House, kind: NoteKind = "progress") -> None:
    note = new_id()
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO notes (id, clinic_id, session_id, client_id, kind, author_id) VALUES ($1, $2, $3, $4, $5, $6)",
            note, house.clinic, house.session, house.client, kind, house.facilitator,
        )  # fmt: skip
        signed = NoteSigned(
            id=new_id(), at=EVENING, session=house.session, note=note, version=1, digest="d", by=house.facilitator,
            client=house.client,
        )  # fmt: skip
        await streams.record(tx, house.clinic, f"note:{house.session}", signed, subject=house.client)
