"""A copy as JSON comes back as it was."""

from datetime import UTC, datetime

import msgspec

from domain.people.clients import Client
from domain.transfer.copies import Copy

MADE = datetime(2026, 11, 28, 1, tzinfo=UTC)


def copy(**said: object) -> Copy:
    """A copy with nothing in it but what is said."""
    empty: dict[str, object] = {
        name: () for name in ("diagnoses", "enrolments", "sessions", "notes", "consents", "disclosures", "looks")
    }
    client = Client(id="pat", name="Pat <b>Morrow</b>")
    rest = {"made_at": MADE, "clinic": "Riverbend", "timezone": "America/New_York", "client": client}
    return Copy(**{**empty, **rest, "notes_left_out": 0, "more_looks": False, **said})  # type: ignore[arg-type]


def test_a_copy_is_complete_as_json() -> None:
    again = msgspec.json.decode(msgspec.json.encode(copy()), type=Copy)
    assert msgspec.json.encode(again) == msgspec.json.encode(copy())
