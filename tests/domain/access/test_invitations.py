"""An invitation is accepted once, within a day, unless it was withdrawn."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from domain.access.invitations import LIFE, Invited, check
from domain.errors import LinkExpired, LinkRevoked

SENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
MARCUS = Invited(
    invitation="i1", clinic="c1", clinic_name="Riverbend", person="p1", name="Marcus", email="marcus@riverbend.example",
    roles=("facilitator",), expires_at=SENT + LIFE, accepted_at=None, withdrawn_at=None,
)  # fmt: skip


def test_it_is_good_for_a_day() -> None:
    check(MARCUS, SENT + LIFE - timedelta(seconds=1))
    with pytest.raises(LinkExpired, match="Ask an administrator"):
        check(MARCUS, SENT + LIFE)


@pytest.mark.parametrize(("over", "why"), [("accepted_at", "accepted already"), ("withdrawn_at", "was withdrawn")])
def test_one_that_is_over_says_why_even_after_its_day(over: str, why: str) -> None:
    with pytest.raises(LinkRevoked, match=why):
        check(msgspec.structs.replace(MARCUS, **{over: SENT}), SENT + 2 * LIFE)
