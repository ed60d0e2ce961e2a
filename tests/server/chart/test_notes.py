"""The staff who ran a session read its notes and sign each once."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from nacl.public import PrivateKey

from domain.chart import notes
from domain.chart.notes import NoteKind, SealedDraft
from runtime.catalogue import WrappingKey
from runtime.settings import ServerSettings
from store.chart import drafts
from store.chart.data_keys import NoteKeys
from store.database import Database
from store.ledger import facts
from tests import ledgers
from tests.server import conftest
from tests.server.conftest import EVENING, Answer, Browser, House, SignedIn
from tests.workers.poison import Owner

PRIVATE = b"n" * 32
PUBLIC = bytes(PrivateKey(PRIVATE).public_key)
TEXT = "Pat: „I slept“ — better 🙂; naïve Zoe\u0308."


@pytest.fixture
def settings(database_url: str, tmp_path: Any) -> ServerSettings:
    """The server's settings, with a key that wraps the keys of notes."""
    return ServerSettings(
        database_url=database_url,
        ticket_key=b"k" * 32,
        note_private_key=PRIVATE,
        note_wrapping_keys=(WrappingKey("2026", b"w" * 32),),
        public_origin=conftest.ORIGIN,
        web_dist=tmp_path / "dist",
        password_memory_kib=conftest.MEMORY_KIB,
    )


@dataclass
class Desk:
    """Stands for the room, where the facilitator types notes on the client."""

    database: Database
    house: House

    async def types(self, text: str = TEXT, kind: NoteKind = "progress", minutes: int = 10) -> str:
        """Store a draft as the shipper does; returns the note's id."""
        key_id, sealed = drafts.seal(PUBLIC, text)
        draft = SealedDraft(
            clinic=self.house.clinic, session=self.house.session, client=self.house.client, kind=kind,
            author=self.house.facilitator, revision=1, at=EVENING + timedelta(minutes=minutes), key_id=key_id,
            sealed=sealed,
        )  # fmt: skip
        async with self.database.transaction() as tx:
            await drafts.save(tx, draft)
        return draft.note.id

    async def is_written(self, note: str) -> None:
        """Store the draft as a version, as the worker does."""
        async with self.database.transaction() as tx:
            await drafts.settle(tx, NoteKeys(PRIVATE, {"2026": b"w" * 32}), self.house.clinic, note, bytes(32))

    async def recorded(self) -> list[facts.Recorded]:
        async with self.database.transaction() as tx:
            return [fact for fact in await ledgers.everything(tx) if fact.type == "note.signed"]


@pytest.fixture
def desk(database: Database, house: House) -> Desk:
    return Desk(database, house)


async def listed(browser: Browser, house: House) -> list[dict[str, Any]]:
    answer = await browser.get(f"/api/sessions/{house.session}/notes")
    assert answer.status == 200, answer.body
    return list(answer.body["items"])


async def sign(browser: Browser, note: str, version: int, text: str = TEXT) -> Answer:
    return await browser.post(f"/api/notes/{note}/signatures", {"version": version, "text": text})


async def test_a_typed_note_is_shown_before_the_worker_stores_it(
    facilitator: Browser, house: House, desk: Desk
) -> None:
    note = await desk.types()
    [shown] = await listed(facilitator, house)
    assert (shown["id"], shown["text"], shown["version"]) == (note, TEXT, 1)
    assert (shown["client"], shown["client_name"]) == (house.client, "Pat Morrow")
    await desk.is_written(note)
    assert await listed(facilitator, house) == [shown]


async def test_a_newer_draft_is_shown_over_the_stored_version(facilitator: Browser, house: House, desk: Desk) -> None:
    await desk.is_written(await desk.types("Pat"))
    await desk.types("Pat spoke.", minutes=11)
    [shown] = await listed(facilitator, house)
    assert (shown["text"], shown["version"]) == ("Pat spoke.", 2)


@pytest.mark.parametrize("written", [False, True], ids=["still a draft", "written by the worker"])
async def test_signing_keeps_the_text_the_signature_and_the_fact(
    facilitator: Browser, house: House, desk: Desk, written: bool
) -> None:
    note = await desk.types("Pat spoke.")
    if written:
        await desk.is_written(note)
    answer = await sign(facilitator, note, 1)
    assert answer.status == 200, answer.body
    [shown] = await listed(facilitator, house)
    assert shown == answer.body
    assert (shown["version"], shown["text"]) == (2, TEXT)
    [signature] = shown["signatures"]
    assert (signature["signer"], signature["signer_name"]) == (house.facilitator, "facilitator")
    [fact] = await desk.recorded()
    event = msgspec.json.decode(fact.body)
    assert (fact.subject_id, event["note"], event["version"]) == (house.client, note, 2)
    assert event["digest"] == signature["digest"]
    assert TEXT not in fact.body


async def test_the_signature_covers_the_stored_text_and_nonce(
    facilitator: Browser, desk: Desk, database: Database
) -> None:
    answer = await sign(facilitator, await desk.types(), 1)
    async with database.transaction() as tx:
        nonce = await tx.fetchval("SELECT nonce FROM note_versions ORDER BY version DESC LIMIT 1")
    assert answer.body["signatures"][0]["digest"] == notes.digest(nonce, TEXT)


async def test_two_concurrent_signatures_leave_one(
    facilitator: Browser, signed_in: SignedIn, house: House, desk: Desk
) -> None:
    note = await desk.types()
    again = await signed_in("facilitator")
    answers = await asyncio.gather(sign(facilitator, note, 1), sign(again, note, 1, "Another text."))
    assert sorted(answer.status for answer in answers) == [200, 409]
    [refused] = [answer for answer in answers if answer.status == 409]
    assert refused.code == "note_already_signed"
    assert len(await desk.recorded()) == 1
    [shown] = await listed(facilitator, house)
    assert (shown["version"], len(shown["signatures"])) == (2, 1)


async def test_a_text_edited_from_an_older_version_is_a_conflict(facilitator: Browser, desk: Desk) -> None:
    note = await desk.types("Pat")
    await desk.is_written(note)
    await desk.types("Pat spoke.", minutes=11)
    answer = await sign(facilitator, note, 1)
    assert (answer.status, answer.code) == (409, "conflict")
    assert (await sign(facilitator, note, 2)).status == 200


async def test_a_draft_after_the_signature_changes_nothing_and_is_not_lost(
    facilitator: Browser, house: House, desk: Desk, database: Database
) -> None:
    note = await desk.types()
    signed = (await sign(facilitator, note, 1)).body
    await desk.types("second thoughts", minutes=30)
    await desk.is_written(note)
    assert await listed(facilitator, house) == [signed]
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM note_drafts") == 1


async def test_only_its_author_reads_a_private_reflection(
    facilitator: Browser, signed_in: SignedIn, house: House, desk: Desk, database: Database
) -> None:
    note = await desk.types(kind="private_reflection")
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO rosters (clinic_id, session_id, person_id, role) VALUES ($1, $2, $3, 'co_facilitator')",
            house.clinic, house.session, house.supervisor,
        )  # fmt: skip
    colleague = await signed_in("supervisor")
    assert await listed(colleague, house) == []
    answer = await sign(colleague, note, 1)
    assert (answer.status, answer.code) == (403, "forbidden")
    assert [shown["id"] for shown in await listed(facilitator, house)] == [note]


async def test_staff_who_did_not_run_the_session_read_none_of_its_notes(
    supervisor: Browser, house: House, desk: Desk
) -> None:
    note = await desk.types()
    assert await listed(supervisor, house) == []
    assert (await sign(supervisor, note, 1)).code == "forbidden"


async def test_another_clinic_finds_nothing(browse: Any, elsewhere: House, house: House, desk: Desk) -> None:
    note = await desk.types()
    stranger = browse()
    await stranger.sign_in(elsewhere.email("facilitator"))
    assert (await sign(stranger, note, 1)).status == 404
    assert (await stranger.get(f"/api/sessions/{house.session}/notes")).status == 404


async def test_a_note_that_was_never_typed_cannot_be_signed(facilitator: Browser, house: House) -> None:
    assert (await sign(facilitator, house.session, 1)).status == 404


@pytest.mark.parametrize("written", ["𝕻", "\\ud835\\udd7b", "\\u0001", "ß", "x"])
async def test_a_note_of_the_longest_length_can_be_signed(facilitator: Browser, desk: Desk, written: str) -> None:
    """In any script, and with any escapes in JSON."""
    note = await desk.types()
    body = f'{{"version":1,"text":"{written * 48_000}"}}'.encode()
    assert (await facilitator.post(f"/api/notes/{note}/signatures", body)).status == 200


@pytest.mark.parametrize("text", ["", "x" * 48_001])
async def test_an_empty_or_too_long_text_is_refused(facilitator: Browser, desk: Desk, text: str) -> None:
    note = await desk.types()
    assert (await sign(facilitator, note, 1, text)).code == "invalid_input"


async def test_a_note_that_cannot_be_opened_hides_no_other(
    facilitator: Browser, house: House, desk: Desk, owner_url: str
) -> None:
    """A draft sealed with a lost key, a damaged text, and an intact note."""
    lost, damaged = await desk.types(), await desk.types("Sam slept.", kind="sud_counselling")
    await desk.is_written(damaged)
    await Owner(owner_url).run("UPDATE note_versions SET ciphertext = '' WHERE note_id = $1::text::uuid", damaged)
    well = await desk.types("I was tired.", kind="private_reflection")
    await Owner(owner_url).run("UPDATE note_drafts SET sealed = 'lost' WHERE note_id = $1::text::uuid", lost)
    shown = {note["id"]: note for note in await listed(facilitator, house)}
    assert {id: (note["unreadable"], note["text"]) for id, note in shown.items()} == {
        lost: ("text", ""),
        damaged: ("text", ""),
        well: (None, "I was tired."),
    }
    for note in (lost, damaged):
        answer = await sign(facilitator, note, shown[note]["version"])
        assert (answer.status, answer.code) in {(409, "note_unreadable"), (404, "not_found")}


async def test_a_newer_draft_that_cannot_be_opened_does_not_prevent_signing_the_stored_text(
    facilitator: Browser, house: House, desk: Desk, owner_url: str
) -> None:
    note = await desk.types("Pat")
    await desk.is_written(note)
    await desk.types("Pat spoke.", minutes=11)
    await Owner(owner_url).run("UPDATE note_drafts SET sealed = 'lost'")
    [shown] = await listed(facilitator, house)
    assert (shown["text"], shown["version"], shown["unreadable"]) == ("Pat", 1, "draft")
    answer = await sign(facilitator, note, 1)
    assert answer.status == 200, answer.body
    [shown] = await listed(facilitator, house)
    assert (shown["text"], shown["unreadable"], len(shown["signatures"])) == (TEXT, None, 1)
