"""The newest draft of each note is kept until it becomes a version, sealed so that the writer's node cannot open it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from domain.chart.notes import SealedDraft
from domain.events.schedule import PolicyReference
from store.chart import drafts, notes
from store.chart.data_keys import NoteKeys
from store.database import Database
from tests.workers import evening

KEYS = NoteKeys(b"p" * 32, {"2026": b"w" * 32})
PUBLIC = bytes(PrivateKey(KEYS.private).public_key)
NINE = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)


@pytest.fixture
async def draft(database: Database) -> SealedDraft:
    """Dana's draft on Pat, not saved yet."""
    clinic = await evening.found(database, PolicyReference("p", 1, "d"))
    session = await evening.planned(database, clinic)
    key_id, sealed = drafts.seal(PUBLIC, "Pat spoke.")
    return SealedDraft(
        clinic=clinic.id, session=session, client=clinic.pat, kind="progress", author=clinic.dana, revision=3, at=NINE,
        key_id=key_id, sealed=sealed,
    )  # fmt: skip


async def save(database: Database, draft: SealedDraft) -> SealedDraft | None:
    async with database.transaction() as tx:
        await drafts.save(tx, draft)
        return await drafts.of_note(tx, draft.clinic, draft.note.id)


async def settled(database: Database, quiet_since: datetime, version_before: datetime) -> list[str]:
    async with database.transaction() as tx:
        return [one.note for one in await drafts.settled(tx, quiet_since, version_before)]


async def test_a_draft_is_read_as_it_was_saved(database: Database, draft: SealedDraft) -> None:
    assert await save(database, draft) == draft
    async with database.transaction() as tx:
        assert await drafts.of_session(tx, draft.clinic, draft.session) == [draft]


@pytest.mark.parametrize(
    ("later_s", "revision", "kept"),
    [(1, 1, True), (0, 4, True), (0, 3, False), (0, 2, False), (-1, 9, False)],
    ids=["a new tab counts from the start", "the same instant", "shipped again", "an older save", "an older tab, late"],
)
async def test_the_newest_draft_is_kept(
    database: Database, draft: SealedDraft, later_s: int, revision: int, kept: bool
) -> None:
    await save(database, draft)
    other = msgspec.structs.replace(draft, at=NINE + timedelta(seconds=later_s), revision=revision, sealed=b"other")
    assert await save(database, other) == (other if kept else draft)


async def test_the_node_that_seals_cannot_open(draft: SealedDraft) -> None:
    assert drafts.unseal(KEYS, draft).text == "Pat spoke."
    with pytest.raises(CryptoError):
        drafts.unseal(NoteKeys(PUBLIC, KEYS.wrapping), draft)


async def test_a_draft_settles_at_a_pause_or_when_the_last_version_is_old(
    database: Database, draft: SealedDraft
) -> None:
    note, second, never = draft.note.id, timedelta(seconds=1), NINE - timedelta(days=1)
    await save(database, draft)
    assert await settled(database, NINE - second, never) == [note]  # the first version is not waited for
    async with database.transaction() as tx:
        await drafts.settle(tx, KEYS, draft.clinic, note, bytes(32))
    await save(database, msgspec.structs.replace(draft, at=NINE + second))
    assert await settled(database, NINE, NINE - second) == []
    assert await settled(database, NINE + second, never) == [note]
    assert await settled(database, NINE, NINE) == [note]


async def test_settling_makes_the_draft_a_version_and_clears_it(database: Database, draft: SealedDraft) -> None:
    await save(database, draft)
    async with database.transaction() as tx:
        for _ in range(2):
            await drafts.settle(tx, KEYS, draft.clinic, draft.note.id, bytes(32))
        found = await notes.find(tx, KEYS, draft.clinic, draft.note.id)
        assert await drafts.of_note(tx, draft.clinic, draft.note.id) is None
    assert found is not None
    assert found.newest is not None
    assert (found.newest.number, found.newest.text, found.newest.at) == (1, "Pat spoke.", NINE)
