"""What changed about who may be in a room: link revoked, sign-in ended, person deactivated, place or session changed.

Triggers write the rows (migration 0012), so no code path can forget to. Rows are kept for two days.
"""

from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction

CHANNEL = "access_changes"
"""Notified at each commit that added a row."""

Kind = Literal["link_revoked", "signed_out", "deactivated", "reactivated", "place_changed", "session_changed"]


class AccessChange(msgspec.Struct, frozen=True):
    """`subject` is the id of the link, the sign-in, the person or the session, as the kind says."""

    id: int
    kind: Kind
    subject: str
    at: datetime


async def after(tx: Transaction, id: int) -> list[AccessChange]:
    """The changes with a greater id, in order. No change appears later at a smaller id than one that was read."""
    rows = await tx.fetch("SELECT id, kind, subject, at FROM access_changes WHERE id > $1 ORDER BY id", id)
    return [AccessChange(**row) for row in rows]
