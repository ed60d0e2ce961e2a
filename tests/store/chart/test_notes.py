"""A note at rest: encrypted, in versions, with its signatures."""

from datetime import UTC, datetime, timedelta

import asyncpg
import msgspec
import pytest

from domain.chart.notes import Note, Signature, Version
from domain.events.schedule import PolicyReference
from store.chart import notes
from store.chart.data_keys import NoteKeys
from store.database import Database
from tests.workers import evening

KEYS = NoteKeys(b"p" * 32, {"2026": b"w" * 32})
NINE = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)


def version(number: int, text: str, author: str) -> Version:
    return Version(number=number, author=author, at=NINE + timedelta(minutes=number), nonce=b"n" * 32, text=text)


@pytest.fixture
async def note(database: Database) -> Note:
    """Dana's note on Pat with its first version, written."""
    clinic = await evening.found(database, PolicyReference("p", 1, "d"))
    session = await evening.planned(database, clinic)
    note = Note(
        id=session, clinic=clinic.id, session=session, client=clinic.pat, kind="progress", author=clinic.dana,
        newest=version(1, "Pat spoke.", clinic.dana),
    )  # fmt: skip
    return await written(database, note)


async def written(database: Database, note: Note) -> Note:
    assert note.newest is not None
    async with database.transaction() as tx:
        await notes.take(tx, note.id)
        await notes.write(tx, KEYS, note, note.newest)
    return note


async def find(database: Database, note: Note) -> Note | None:
    async with database.transaction() as tx:
        return await notes.find(tx, KEYS, note.clinic, note.id)


async def test_a_note_has_the_text_of_its_newest_version(database: Database, note: Note) -> None:
    assert await find(database, note) == note
    newer = version(2, "Pat spoke of sleep.", note.author)
    second = await written(database, msgspec.structs.replace(note, newest=newer))
    assert await find(database, note) == second
    async with database.transaction() as tx:
        assert await notes.of_session(tx, KEYS, note.clinic, note.session) == [second]


async def test_a_signature_is_kept_with_its_version(database: Database, note: Note) -> None:
    assert note.newest is not None
    signature = Signature(version=1, signer=note.author, at=NINE, digest=note.newest.digest)
    async with database.transaction() as tx:
        await notes.append_signature(tx, note, signature)
    assert await find(database, note) == msgspec.structs.replace(note, signatures=(signature,))


async def test_a_ciphertext_copied_to_another_version_does_not_open(database: Database, note: Note) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            """
            INSERT INTO note_versions
            SELECT note_id, 2, clinic_id, author_id, at, data_key_id, nonce, ciphertext, digest FROM note_versions
            """
        )
    found = await find(database, note)
    assert found is not None and found.newest is not None
    assert (found.unreadable, found.newest.text) == ("text", "")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE note_versions SET ciphertext = ''", "DELETE FROM note_versions", "DELETE FROM note_signatures"],
)
async def test_versions_and_signatures_cannot_be_changed(database: Database, note: Note, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute(statement)


async def test_kinds_are_known_for_notes_that_exist(database: Database, note: Note) -> None:
    async with database.transaction() as tx:
        assert await notes.kinds(tx, note.clinic, [note.id, note.author]) == {note.id: "progress"}
