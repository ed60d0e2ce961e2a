"""Text typed in the room becomes a note in Postgres, character for character."""

import asyncio
import unicodedata
from datetime import timedelta

import msgspec
import pytest
from nacl.public import PrivateKey

from domain.chart.notes import Note, SealedDraft
from domain.events.schedule import PolicyReference
from store.chart import drafts, notes
from store.chart.data_keys import NoteKeys
from store.database import Database
from tests.waiting import eventually
from tests.workers import evening
from tests.workers.evening import Clinic, after
from workers.notes import LONGEST, SET_ASIDE, NoteWriter, follow

KEYS = NoteKeys(b"p" * 32, {"2026": b"w" * 32})
PUBLIC = bytes(PrivateKey(KEYS.private).public_key)
LATER = timedelta(minutes=1)
POLICY = PolicyReference("p", 1, "d")


class Desk(msgspec.Struct):
    """Dana's desk, where she writes a progress note on Pat."""

    database: Database
    clinic: Clinic
    session: str

    async def types(self, text: str, minutes: float, revision: int = 1) -> SealedDraft:
        """Type a draft and save it `minutes` after six."""
        key_id, sealed = drafts.seal(PUBLIC, text)
        draft = SealedDraft(
            clinic=self.clinic.id, session=self.session, client=self.clinic.pat, kind="progress",
            author=self.clinic.dana, revision=revision, at=after(minutes), key_id=key_id, sealed=sealed,
        )  # fmt: skip
        await self.ships(draft)
        return draft

    async def ships(self, draft: SealedDraft) -> None:
        async with self.database.transaction() as tx:
            await drafts.save(tx, draft)

    async def note(self) -> Note | None:
        async with self.database.transaction() as tx:
            found = await notes.of_session(tx, KEYS, self.clinic.id, self.session)
        return found[0] if found else None

    async def text(self) -> str | None:
        note = await self.note()
        return note.newest.text if note and note.newest else None

    async def count(self, table: str) -> int:
        async with self.database.transaction() as tx:
            return int(await tx.fetchval(f"SELECT count(*) FROM {table}"))


@pytest.fixture
async def desk(database: Database) -> Desk:
    clinic = await evening.found(database, POLICY)
    return Desk(database, clinic, await evening.planned(database, clinic))


@pytest.fixture
def writer(database: Database) -> NoteWriter:
    return NoteWriter(database, KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "Pat: „I slept“ — better 🙂, 👩‍👩‍👧 came; naïve façade.",
        "Zoe\u0308 (decomposed) and Zoë (composed)",
        "line one\r\n\tline two\u2028\u0000end",
        "𝕻" * 12_000,
    ],
    ids=["emoji", "both normal forms", "control characters", "beyond the first plane"],
)
async def test_characters_arrive_as_they_were_typed(desk: Desk, writer: NoteWriter, text: str) -> None:
    await desk.types(text, 10)
    await writer.write_settled(after(11))
    note = await desk.note()
    assert note is not None
    assert note.newest is not None
    assert note.newest.text == text
    composed = msgspec.structs.replace(note.newest, text=unicodedata.normalize("NFC", text))
    assert note.newest.digest == composed.digest
    assert await desk.count("note_drafts") == 0


async def test_the_text_is_nowhere_in_plain_form(desk: Desk, writer: NoteWriter) -> None:
    await desk.types("the one secret word", 10)
    await writer.write_settled(after(11))
    await desk.types("the one secret word, and more", 12)
    async with desk.database.transaction() as tx:
        rows = [*await tx.fetch("SELECT * FROM note_versions"), *await tx.fetch("SELECT * FROM note_drafts")]
    assert len(rows) == 2
    assert not [value for row in rows for value in row.values() if b"secret" in str(value).encode()]
    assert not [value for row in rows for value in row.values() if isinstance(value, bytes) and b"secret" in value]


async def test_typing_makes_a_version_at_each_pause_and_not_at_each_letter(desk: Desk, writer: NoteWriter) -> None:
    for second in range(60):
        await desk.types("a" * (second + 1), 10 + second / 60, revision=second)
        await writer.write_settled(after(10, second + 0.1))
    await writer.write_settled(after(11, 5))
    assert await desk.text() == "a" * 60
    assert await desk.count("note_versions") == 2 + 60 // (LONGEST.seconds + 1)


async def test_the_same_text_again_is_no_new_version(desk: Desk, writer: NoteWriter) -> None:
    for minute in (10, 12, 14):
        await desk.types("Pat spoke.", minute)
        await writer.write_settled(after(minute + 1))
    assert (await desk.count("note_versions"), await desk.count("note_drafts")) == (1, 0)


async def test_a_draft_shipped_again_or_late_does_not_bring_back_an_older_text(desk: Desk, writer: NoteWriter) -> None:
    older = await desk.types("Pat", 10)
    newer = await desk.types("Pat spoke.", 11)
    await desk.ships(older)
    await writer.write_settled(after(12))
    await desk.ships(newer)
    await desk.ships(older)
    await writer.write_settled(after(13))
    assert await desk.text() == "Pat spoke."
    assert (await desk.count("note_versions"), await desk.count("note_drafts")) == (1, 0)


async def test_each_author_client_and_kind_has_a_note_of_its_own(desk: Desk, writer: NoteWriter) -> None:
    draft = await desk.types("on Pat", 10)
    await desk.ships(msgspec.structs.replace(draft, client=None))
    await desk.ships(msgspec.structs.replace(draft, kind="private_reflection"))
    await desk.ships(msgspec.structs.replace(draft, author=desk.clinic.robin))
    await writer.write_settled(after(11))
    assert (await desk.count("notes"), await desk.count("data_keys")) == (4, 2)


async def test_two_workers_write_a_draft_once(desk: Desk, writer: NoteWriter) -> None:
    await desk.types("Pat spoke.", 10)
    await asyncio.gather(writer.write_settled(after(11)), NoteWriter(desk.database, KEYS).write_settled(after(11)))
    assert (await desk.count("note_versions"), await desk.text()) == (1, "Pat spoke.")


async def test_a_draft_that_cannot_be_opened_is_kept_logged_once_and_does_not_stop_others(
    desk: Desk, writer: NoteWriter, caplog: pytest.LogCaptureFixture
) -> None:
    draft = await desk.types("Pat spoke.", 10)
    key_id, sealed = drafts.seal(bytes(PrivateKey(b"x" * 32).public_key), "Sam spoke.")
    await desk.ships(msgspec.structs.replace(draft, client=desk.clinic.sam, at=after(9), key_id=key_id, sealed=sealed))
    for minutes in range(4):
        await writer.write_settled(after(11) + minutes * SET_ASIDE)
        await NoteWriter(desk.database, KEYS).write_settled(after(11) + minutes * SET_ASIDE)
    assert (await desk.text(), await desk.count("note_drafts")) == ("Pat spoke.", 1)
    assert [record.message for record in caplog.records] == [
        "a draft was set aside; it is kept, and tried again every minute"
    ]
    async with desk.database.transaction() as tx:
        [aside] = await drafts.listed_set_aside(tx)
    assert (aside.session, aside.key_id) == (desk.session, key_id)
    key_id, sealed = drafts.seal(PUBLIC, "Sam spoke.")
    await desk.ships(msgspec.structs.replace(draft, client=desk.clinic.sam, at=after(10), key_id=key_id, sealed=sealed))
    await writer.write_settled(after(11) + 3 * SET_ASIDE)
    assert await desk.count("note_drafts") == 1
    await writer.write_settled(after(11) + 4 * SET_ASIDE)
    assert (await desk.count("notes"), await desk.count("note_drafts")) == (2, 0)
    async with desk.database.transaction() as tx:
        assert await drafts.count_set_aside(tx) == 0


async def test_a_rotated_wrapping_key_opens_old_notes_and_wraps_their_key_again(desk: Desk, writer: NoteWriter) -> None:
    await desk.types("Pat spoke.", 10)
    await writer.write_settled(after(11))
    rotated = NoteKeys(KEYS.private, {"2027": b"n" * 32, **KEYS.wrapping})
    await desk.types("Pat spoke again.", 12)
    await NoteWriter(desk.database, rotated).write_settled(after(13))
    async with desk.database.transaction() as tx:
        assert await tx.fetchval("SELECT wrapping_key_id FROM data_keys") == "2027"
        found = await notes.of_session(tx, NoteKeys(KEYS.private, {"2027": b"n" * 32}), desk.clinic.id, desk.session)
    assert [note.newest.text for note in found if note.newest] == ["Pat spoke again."]


async def test_a_running_worker_writes_typed_text_within_a_moment(desk: Desk) -> None:
    worker = asyncio.create_task(follow(desk.database, KEYS))
    await desk.types("Pat spoke.", 10)
    assert await eventually(desk.text) == "Pat spoke."
    worker.cancel()
