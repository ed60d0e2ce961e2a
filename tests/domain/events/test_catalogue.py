"""Facts stay readable: to newer releases, to older ones, and to people."""

import importlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from domain.events.catalogue import KnownEvent, decode, encode
from domain.events.fact import Event, UnknownEvent
from domain.events.room import ConnectionClosed, ConnectionOpened
from domain.ledger.streams import KINDS

PROJECT = Path(__file__).parents[3]
SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def test_a_fact_comes_back_as_it_was() -> None:
    event = ConnectionClosed(id="e", seq=3, at=SIX, session="s", connection="c", cause="lost", last_seen=SIX)
    assert decode(encode(event)) == event


def test_the_type_in_json_follows_the_class_name() -> None:
    event = ConnectionOpened(at=SIX, connection="c", person="pat", role="client")
    assert msgspec.json.decode(encode(event))["type"] == "connection.opened"


def test_a_field_of_a_newer_release_is_ignored() -> None:
    body = b'{"type":"connection.admitted","at":"2026-09-15T22:00:00Z","connection":"c","mood":"calm"}'
    assert getattr(decode(body), "connection", None) == "c"


def test_a_type_of_a_newer_release_is_kept_by_name() -> None:
    event = decode(b'{"type":"connection.waved","at":"2026-09-15T22:00:00Z","seq":4,"connection":"c"}')
    assert event == UnknownEvent(at=SIX, seq=4, type="connection.waved")


@pytest.mark.parametrize(
    "body",
    [
        b'{"type":"connection.admitted","at":"2026-09-15T22:00:00Z"}',
        b'{"type":"connection.admitted","at":"2026-09-15T22:00:00","connection":"c"}',
        b'{"type":"connection.closed","at":"2026-09-15T22:00:00Z","connection":"c","cause":"bored"}',
        b'{"at":"2026-09-15T22:00:00Z"}',
    ],
)
def test_a_known_type_must_have_its_required_fields(body: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(body)


def rows(section: str, columns: int) -> list[list[str]]:
    """The cells of a table in docs/facts.md, without backquotes."""
    _, _, rest = (PROJECT / "docs" / "facts.md").read_text().partition(f"## {section}\n")
    lines = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")][:columns] for line in lines]


def test_the_page_of_facts_lists_each_with_its_owner_and_stream() -> None:
    there = rows("Current facts", 4)
    assert sorted(kind for kind, *_ in there) == sorted(kind.__struct_config__.tag for kind in KnownEvent.__args__)
    assert {kind for kind, *_ in rows("Streams", 1)} == KINDS
    for fact, owner, streams, about in there:
        assert set(streams.split(", ")) <= KINDS and owner and about, fact


def test_each_fact_is_in_the_union_of_known_facts() -> None:
    """A class outside the union can be recorded, and no reader would know it again."""
    for file in sorted((PROJECT / "domain" / "events").glob("*.py")):
        importlib.import_module(f"domain.events.{file.stem}")
    assert set(Event.__subclasses__()) == set(KnownEvent.__args__)


def test_facts_to_come_are_not_current_facts() -> None:
    coming = [fact for fact, *_ in rows("Facts to come", 5)]
    assert len(set(coming)) == len(coming) > 10
    assert not set(coming) & {kind.__struct_config__.tag for kind in KnownEvent.__args__}
