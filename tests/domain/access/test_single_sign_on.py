"""What a provider's word is worth: its second factor, how long ago it asked, and what follows from the secret."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import msgspec
import pytest

from domain.access.single_sign_on import (
    LEEWAY,
    SILENT,
    Algorithm,
    Attempt,
    Provider,
    Purpose,
    Vouched,
    check_recent,
    questions,
    return_address,
)
from domain.errors import TokenTooOld

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
RIVERBEND = Provider(
    clinic="c", clinic_name="Riverbend", issuer="https://login.example.org", client_id="vesper", client_secret=b"",
    algorithms=("RS256",), label="Riverbend account", factor_values=("mfa", "urn:two"),
)  # fmt: skip


def vouched(**said: Any) -> Vouched:
    return Vouched(**{"issuer": RIVERBEND.issuer, "subject": "dana", "at": NOW, "methods": (), **said})


def attempt(purpose: Purpose) -> Attempt:
    return Attempt(id="a", clinic="c", purpose=purpose, begun_at=NOW, expires_at=NOW + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("methods", "counts"), [((), False), (("pwd",), False), (("pwd", "mfa"), True), (("urn:two",), True)]
)
def test_a_second_factor_counts_only_if_the_token_says_so(methods: tuple[str, ...], counts: bool) -> None:
    assert RIVERBEND.counts_as_factor(vouched(methods=methods)) == counts


def test_without_values_no_token_says_so() -> None:
    nobody = msgspec.structs.replace(RIVERBEND, factor_values=())
    assert not nobody.counts_as_factor(vouched(methods=("mfa", "pwd")))


def test_to_sign_in_the_provider_may_have_asked_as_long_ago_as_a_page_stays_open() -> None:
    back = NOW + timedelta(minutes=2)
    earliest = back - SILENT - LEEWAY
    assert check_recent(attempt("sign_in"), vouched(at=earliest), back) == earliest
    with pytest.raises(TokenTooOld):
        check_recent(attempt("sign_in"), vouched(at=earliest - timedelta(seconds=1)), back)


@pytest.mark.parametrize("purpose", ["invitation", "link", "confirm"])
def test_for_anything_else_it_asks_now(purpose: Purpose) -> None:
    back = NOW + timedelta(minutes=2)
    assert check_recent(attempt(purpose), vouched(at=NOW - LEEWAY), back) == NOW - LEEWAY
    with pytest.raises(TokenTooOld):
        check_recent(attempt(purpose), vouched(at=NOW - LEEWAY - timedelta(seconds=1)), back)


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_a_provider_that_does_not_say_when_it_asked_proves_nothing(purpose: Purpose) -> None:
    with pytest.raises(TokenTooOld):
        check_recent(attempt(purpose), vouched(at=None), NOW)


def test_nobody_was_asked_in_the_future() -> None:
    assert check_recent(attempt("confirm"), vouched(at=NOW + timedelta(hours=1)), NOW) == NOW


def test_what_goes_on_the_way_follows_from_the_secret_and_betrays_nothing_of_the_rest() -> None:
    asked = questions("a secret")
    assert asked == questions("a secret") != questions("another")
    assert len({asked.state, asked.nonce, asked.verifier}) == 3
    assert 43 <= len(asked.verifier) <= 128  # RFC 7636, section 4.1


def test_only_key_pairs_sign() -> None:
    """With a shared secret, whoever checks a token could also have made it."""
    assert not [name for name in get_args(Algorithm) if name.startswith("HS") or name == "none"]


def test_each_clinic_has_its_own_return_address() -> None:
    assert return_address("https://v.example", "c") == "https://v.example/sign-in/c/return"
