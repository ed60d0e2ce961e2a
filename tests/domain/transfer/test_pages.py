"""A copy as a page: readable, in the client's language, and only text."""

from datetime import UTC, datetime

from domain.people.clients import Client
from domain.transfer.copies import CopiedNote
from domain.transfer.pages import EN, ES, page
from tests.domain.transfer.test_copies import copy

AT = datetime(2026, 11, 28, 1, tzinfo=UTC)
NOTE = CopiedNote(
    session="s", author="Dana Reyes", text='Pat: "<script>alert(1)</script>"', signed_by="Dana Reyes", signed_at=AT,
    digest="d",
)  # fmt: skip


def test_texts_run_as_nothing() -> None:
    said = page(copy(notes=(NOTE,)))
    assert "<script" not in said and "&lt;script&gt;" in said
    assert "Pat &lt;b&gt;Morrow" in said


def test_instants_stand_in_the_clinics_time() -> None:
    assert "2026-11-27 20:00:00" in page(copy(notes=(NOTE,)))


def test_the_page_speaks_the_clients_language() -> None:
    said = page(copy(client=Client(id="p", name="Ana", language="es-MX")))
    assert '<html lang="es">' in said and "Quién miró su expediente" in said
    assert EN.keys() == ES.keys()


def test_notes_that_are_left_out_are_counted() -> None:
    assert "may not read notes: 2." in page(copy(notes_left_out=2))
