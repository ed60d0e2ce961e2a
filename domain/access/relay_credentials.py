"""Time-limited credentials for a TURN relay that shares a secret with us (the TURN REST API's scheme).

Source: draft-uberti-behave-turn-rest-00, section 2.2; coturn's `use-auth-secret`.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

import msgspec

CREDENTIALS_LIFE = timedelta(hours=6)
"""Longer than the longest session: a relay checks the credentials again at each refresh."""


class RelayCredentials(msgspec.Struct, frozen=True):
    """What a browser needs to use the relay; `username` holds the expiry and an opaque id, never a name."""

    urls: tuple[str, ...]
    username: str
    credential: str


def credentials(urls: tuple[str, ...], secret: str, holder: str, now: datetime) -> tuple[RelayCredentials, ...]:
    """Credentials for `holder` (an opaque id); empty when no relay is configured."""
    if not urls:
        return ()
    username = f"{int((now + CREDENTIALS_LIFE).timestamp())}:{holder}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return (RelayCredentials(urls, username, base64.b64encode(digest).decode()),)
