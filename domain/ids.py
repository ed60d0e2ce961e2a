"""Ids: UUIDs in lower case, with hyphens. No other text is an id."""

import re

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_id(text: str) -> bool:
    """Whether a text has the form in which the service writes ids."""
    return _ID.fullmatch(text) is not None
