"""Access that a node no longer honours: by link, sign-in, person, and time of the server's decision."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access.tickets import Resume
from domain.errors import Deactivated, LinkRevoked, NotSignedIn, PlaceChanged, Refusal
from signaling.hosting.withdrawals import Withdrawals
from store.access.access_changes import AccessChange, Kind

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def claims(**known: Any) -> Resume:
    return Resume(clinic="c", session="s", person="pat", role="client", name="Pat", expires=SIX, **known)


def after(*changes: tuple[Kind, str]) -> Withdrawals:
    withdrawals = Withdrawals()
    for number, (kind, subject) in enumerate(changes, 1):
        withdrawals.take(AccessChange(number, kind, subject, SIX))
    return withdrawals


@pytest.mark.parametrize(
    ("change", "lost", "kept", "refusal"),
    [
        (("link_revoked", "l1"), {"link": "l1"}, {"link": "l2"}, LinkRevoked),
        (("signed_out", "s1"), {"sign_in": "s1"}, {"sign_in": "s2"}, NotSignedIn),
        (("deactivated", "pat"), {"link": "l1"}, None, Deactivated),
        (
            ("place_changed", "pat"),
            {"link": "l1", "granted": SIX},
            {"granted": SIX + timedelta(minutes=1)},
            PlaceChanged,
        ),
    ],
)
def test_only_withdrawn_access_is_refused(
    change: tuple[Kind, str], lost: dict[str, Any], kept: dict[str, Any] | None, refusal: type[Refusal]
) -> None:
    withdrawals = after(change)
    with pytest.raises(refusal):
        withdrawals.check(claims(**lost))
    if kept is not None:
        withdrawals.check(claims(**kept))


def test_a_token_without_link_or_sign_in_is_refused_by_person_alone() -> None:
    assert after(("link_revoked", "l1"), ("signed_out", "s1")).of(claims()) is None
    assert after(("deactivated", "pat")).of(claims()) == "deactivated"
    assert after(("place_changed", "pat")).of(claims()) == "place_changed"


def test_a_reactivated_person_may_come() -> None:
    assert after(("deactivated", "pat"), ("reactivated", "pat")).of(claims()) is None


def test_withdrawals_older_than_every_claim_are_forgotten() -> None:
    withdrawals = after(("link_revoked", "l1"), ("place_changed", "pat"))
    withdrawals.forget(SIX)
    assert withdrawals.of(claims(link="l1")) == "link_revoked"
    withdrawals.forget(SIX + timedelta(seconds=1))
    assert withdrawals.of(claims(link="l1")) is None


def test_each_change_raises_the_version() -> None:
    assert after(("session_changed", "evening")).version == 0
    assert after(("link_revoked", "l1"), ("deactivated", "pat")).version == 2
