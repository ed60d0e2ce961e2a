"""A note: its author drafts it until it is signed; then nothing changes it."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.chart import notes
from domain.chart.notes import Draft, Note, NoteKind, Reader, Signature, Signing, Version
from domain.errors import Conflict, Forbidden, NoteAlreadySigned

NINE = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)
DANA, ROBIN, STRANGER = "dana", "robin", "stranger"
NONCE = bytes(32)


def note(kind: NoteKind = "progress", text: str | None = "Pat spoke about sleep.") -> Note:
    """Dana's note, with one version unless `text` is None."""
    newest = None if text is None else Version(number=1, author=DANA, at=NINE, nonce=NONCE, text=text)
    return Note(id="n", clinic="c", session="s", client="pat", kind=kind, author=DANA, newest=newest)


def draft(text: str, minutes: int = 1) -> Draft:
    return Draft(text=text, at=NINE + timedelta(minutes=minutes))


def signing(version: int = 1, text: str = "Pat spoke about sleep, and about work.") -> Signing:
    return Signing(version=version, text=text, at=NINE + timedelta(hours=1), nonce=b"n" * 32)


def signed(one: Note) -> Note:
    version, signature = notes.sign(one, signing(), Reader(DANA, staff=True))
    return Note(
        id=one.id, clinic=one.clinic, session=one.session, client=one.client, kind=one.kind, author=one.author,
        newest=version, signatures=(signature,),
    )  # fmt: skip


def test_a_draft_becomes_the_next_version() -> None:
    assert notes.revise(note(), draft("Pat slept well."), NONCE) == Version(
        number=2, author=DANA, at=NINE + timedelta(minutes=1), nonce=NONCE, text="Pat slept well."
    )


def test_the_first_draft_becomes_the_first_version() -> None:
    version = notes.revise(note(text=None), draft("P"), NONCE)
    assert version is not None
    assert version.number == 1


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(draft("Pat spoke about sleep."), id="the same text"),
        pytest.param(draft("Pat sp", minutes=-1), id="a draft delivered late"),
        pytest.param(draft("Pat sp", minutes=0), id="a draft delivered twice"),
    ],
)
def test_a_draft_without_changes_creates_no_version(late: Draft) -> None:
    assert notes.revise(note(), late, NONCE) is None


def test_an_empty_page_is_not_a_note() -> None:
    assert notes.revise(note(text=None), draft(""), NONCE) is None


def test_a_draft_does_not_change_a_signed_note() -> None:
    assert notes.revise(signed(note()), draft("second thoughts", minutes=90), NONCE) is None


def test_signing_makes_a_version_and_a_signature_that_covers_it() -> None:
    version, signature = notes.sign(note(), signing(), Reader(ROBIN, staff=True))
    assert (version.number, version.author, version.text) == (2, ROBIN, "Pat spoke about sleep, and about work.")
    assert signature == Signature(version=2, signer=ROBIN, at=signing().at, digest=version.digest)
    assert signature.digest == notes.digest(b"n" * 32, version.text)


def test_a_signed_note_is_not_signed_again() -> None:
    with pytest.raises(NoteAlreadySigned):
        notes.sign(signed(note()), signing(version=2), Reader(ROBIN, staff=True))


@pytest.mark.parametrize("version", [0, 2])
def test_a_text_edited_from_another_version_is_a_conflict(version: int) -> None:
    with pytest.raises(Conflict):
        notes.sign(note(), signing(version=version), Reader(DANA, staff=True))


def test_a_note_without_text_cannot_be_signed() -> None:
    with pytest.raises(Conflict):
        notes.sign(note(text=None), signing(), Reader(DANA, staff=True))


@pytest.mark.parametrize(
    ("kind", "reader", "may"),
    [
        ("progress", Reader(DANA, staff=False), True),
        ("progress", Reader(ROBIN, staff=True), True),
        ("progress", Reader(STRANGER, staff=False), False),
        ("sud_counselling", Reader(ROBIN, staff=True), True),
        ("private_reflection", Reader(DANA, staff=True), True),
        ("private_reflection", Reader(ROBIN, staff=True), False),
        ("progress", Reader(STRANGER, staff=False, audits=True), False),
    ],
)
def test_who_may_read_and_sign(kind: NoteKind, reader: Reader, may: bool) -> None:
    assert notes.may_read(note(kind), reader) is may
    if not may:
        with pytest.raises(Forbidden):
            notes.sign(note(kind), signing(), reader)


def test_an_auditor_reads_progress_notes_that_are_signed_and_no_other() -> None:
    auditor = Reader(STRANGER, staff=False, audits=True)
    kinds: tuple[NoteKind, ...] = ("progress", "sud_counselling", "private_reflection")
    assert [notes.may_read(signed(note(kind)), auditor) for kind in kinds] == [True, False, False]


def test_the_digest_does_not_depend_on_unicode_composition() -> None:
    assert notes.digest(NONCE, "Zoë") == notes.digest(NONCE, "Zoe\u0308")
    assert notes.digest(NONCE, "Zoë") != notes.digest(NONCE, "Zoe")
    assert notes.digest(NONCE, "Zoë") != notes.digest(b"1" * 32, "Zoë")


def test_there_is_one_note_for_each_author_client_and_kind() -> None:
    ids = {
        notes.note_id("s", client, kind, author)
        for client in ("pat", "sam", None)
        for kind in ("progress", "private_reflection")
        for author in (DANA, ROBIN)
    }
    assert len(ids) == 12
    assert notes.note_id("s", None, "progress", DANA) in ids


def test_a_note_on_the_group_is_encrypted_under_the_sessions_key() -> None:
    group = Note(id="n", clinic="c", session="s", client=None, kind="progress", author=DANA)
    assert (group.key_owner, note().key_owner) == ("s", "pat")
