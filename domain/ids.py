"""Ids: UUIDs in lower case, with hyphens. Any other text is nobody's id."""

import re

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_id(text: str) -> bool:
    """Whether a text is an id as the service writes it."""
    return _ID.fullmatch(text) is not None
