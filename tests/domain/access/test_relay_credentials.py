"""Relay credentials expire, contain no name, and match what the relay computes."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from domain.access.relay_credentials import CREDENTIALS_LIFE, credentials

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def test_the_relay_with_the_same_secret_finds_the_same_credential() -> None:
    (given,) = credentials(("turn:relay.example:3478",), "shared", "connection-1", SIX)
    assert given.username == f"{int((SIX + CREDENTIALS_LIFE).timestamp())}:connection-1"
    expected = hmac.new(b"shared", given.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(given.credential) == expected


def test_without_a_relay_there_are_no_credentials() -> None:
    assert credentials((), "shared", "connection-1", SIX) == ()
