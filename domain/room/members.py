"""Who somebody is in one session, for those who may not know who they are beyond it."""

import base64
import hashlib
import hmac

_PURPOSE = b"ids of people in one session"
_BYTES = 12


def member_id(key: bytes, session: str, person: str) -> str:
    """The person's id in this session: 16 letters of URL-safe base64, the same on every node that has `key`.

    It is the same on every device and after every return. Without the key nobody can find the person from it, nor see
    that ids of two sessions are of one person.
    """
    own = hmac.digest(key, _PURPOSE, hashlib.sha256)  # the key also signs tickets: what it makes here is never one
    digest = hmac.digest(own, f"{session} {person}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()
