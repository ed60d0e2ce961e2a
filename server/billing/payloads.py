"""What the feed and the route of closing keys take and answer."""

from typing import Annotated, Any

import msgspec

from domain.events.fact import Instant
from server.http.payloads import Query, View


class FeedQuery(Query, frozen=True, kw_only=True):
    """Where to go on reading, and how much to read at once."""

    after: Annotated[int, msgspec.Meta(ge=0, le=9_223_372_036_854_775_806)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 500


class FeedItem(View, frozen=True, kw_only=True, omit_defaults=True):
    """One position of the ledger. A fact that may not be disclosed keeps its position, with type `withheld`."""

    position: int
    type: str
    id: str | None = None
    stream: str | None = None
    seq: int | None = None
    recorded_at: Instant | None = None
    hash: str | None = None
    """The link of the fact in its stream, in hex."""
    digest: str | None = None
    """SHA-256 of the fact's exact bytes, in hex, where it is not told whole."""
    event: Any = None
    """The fact itself: ids and seconds only. Of a roster, only staff and consenting clients."""


class Feed(View, frozen=True, kw_only=True):
    """Positions in order, none skipped. Ask again with `after` = `next`; when `more` is false you are up to date."""

    items: tuple[FeedItem, ...]
    next: int
    more: bool
    notice: str
    """42 CFR 2.32: the notice that accompanies each disclosure."""


class ClosingKey(View, frozen=True, kw_only=True):
    """A public key (Ed25519, in hex) for closings that are signed from its first moment until before its last."""

    id: str
    public_key: str
    valid_from: Instant
    valid_until: Instant | None


class ClosingKeys(View, frozen=True, kw_only=True):
    """Every key that closings were ever signed with."""

    keys: tuple[ClosingKey, ...]
