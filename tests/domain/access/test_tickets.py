"""Tickets and resumes: they open to the signed claims, and no other text opens."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.tickets import CLOCK_LEEWAY, Resume, Ticket, open_resume, open_ticket, sign
from domain.errors import TicketExpired, TicketForAnotherNode, TicketForged

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
KEY = b"k" * 32
TICKET = Ticket(
    id="t", clinic="c", session="s", person="pat", role="client", name="Päť 🌿", node="node-a",
    expires=SIX + timedelta(seconds=60),
)  # fmt: skip
RESUME = Resume(clinic="c", session="s", person="pat", role="client", name="Pat", expires=SIX + timedelta(hours=5))


def test_a_ticket_opens_to_what_was_signed() -> None:
    assert open_ticket(sign(TICKET, KEY), KEY, "node-a", SIX) == TICKET
    assert open_resume(sign(RESUME, KEY), KEY, SIX) == RESUME


def test_a_ticket_expires_with_five_seconds_leeway_for_clocks() -> None:
    text = sign(TICKET, KEY)
    open_ticket(text, KEY, "node-a", TICKET.expires + CLOCK_LEEWAY)
    with pytest.raises(TicketExpired):
        open_ticket(text, KEY, "node-a", TICKET.expires + CLOCK_LEEWAY + timedelta(microseconds=1))


def test_a_ticket_is_valid_at_one_node_and_under_one_key() -> None:
    with pytest.raises(TicketForAnotherNode):
        open_ticket(sign(TICKET, KEY), KEY, "node-b", SIX)
    with pytest.raises(TicketForged):
        open_ticket(sign(TICKET, KEY), b"x" * 32, "node-a", SIX)


@given(text=st.text(max_size=200))
def test_no_other_text_is_a_ticket(text: str) -> None:
    with pytest.raises(TicketForged):
        open_ticket(text, KEY, "node-a", SIX)


@given(position=st.integers(0, 10_000), letter=st.sampled_from("abcXYZ019-_."))
def test_no_character_of_a_ticket_can_be_changed(position: int, letter: str) -> None:
    text = sign(TICKET, KEY)
    position %= len(text)
    changed = text[:position] + letter + text[position + 1 :]
    if changed != text:
        with pytest.raises(TicketForged):
            open_ticket(changed, KEY, "node-a", SIX)


def test_signed_claims_of_another_shape_are_forged() -> None:
    class Other(msgspec.Struct, tag="ticket"):
        admin: bool = True

    with pytest.raises(TicketForged):
        open_ticket(sign(Other(), KEY), KEY, "node-a", SIX)  # type: ignore[arg-type]  # claims of another type
