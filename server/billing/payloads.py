"""What the feed and the route of closing keys take and answer."""

from typing import Annotated, Any

import msgspec

from domain.events.fact import Instant
from server.http.payloads import Query, View


class FeedQuery(Query, frozen=True, kw_only=True):
    """Where reading continues, and how many positions a page holds at most."""

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
    """The fact's link in its stream's hash chain, in hex."""
    digest: str | None = None
    """SHA-256 of the fact's exact bytes, in hex, when it is not disclosed whole."""
    event: Any = None
    """The fact itself: ids and seconds only. A roster holds only staff and consenting clients."""


class Feed(View, frozen=True, kw_only=True):
    """Positions in order, without gaps. Read on with `after` = `next`; when `more` is false you are up to date."""

    items: tuple[FeedItem, ...]
    next: int
    more: bool
    notice: str
    """42 CFR 2.32: the notice that accompanies each disclosure."""


class ClosingKey(View, frozen=True, kw_only=True):
    """A public key (Ed25519, in hex) for closings signed from `valid_from` until before `valid_until`."""

    id: str
    public_key: str
    valid_from: Instant
    valid_until: Instant | None


class ClosingKeys(View, frozen=True, kw_only=True):
    """Every key that closings were ever signed with."""

    keys: tuple[ClosingKey, ...]
