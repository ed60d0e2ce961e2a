"""Ids of people in one session, for others who may not know who they are elsewhere."""

import base64
import hashlib
import hmac

_PURPOSE = b"ids of people in one session"
_BYTES = 12


def member_id(key: bytes, session: str, person: str) -> str:
    """The person's id in this session: 16 letters of URL-safe base64, the same on every node that has `key`.

    It is the same on every device and after every return. Without the key, nobody can derive the person from it, or
    link the ids of one person in two sessions.
    """
    own = hmac.digest(key, _PURPOSE, hashlib.sha256)  # the key also signs tickets, so derive another one
    digest = hmac.digest(own, f"{session} {person}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()
