"""One seat at a Janus server: a publication and a subscription, each with a handle. No network, no clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from signaling.media.allocator import SHOWN_MEDIUM, SHOWN_SMALL
from signaling.media.engine import FeedId, TileSize
from signaling.media.formats.sdp import Fingerprint, Secrets
from signaling.media.janus.protocol import Said

EVIDENCE_AGE = timedelta(seconds=4)
"""How far evidence is dated back. Janus reports a silent stream at most three seconds after its last packet (it checks
once per second, and counts whole seconds); one more second covers its own delays."""


class Source(msgspec.Struct, frozen=True):
    """The source of a feed at Janus: the publisher's number, and the `mid` of its offer."""

    number: int
    mid: str


class Publication(msgspec.Struct, kw_only=True):
    """A seat's publish connection."""

    number: int
    feeds: dict[str, FeedId]
    """By `mid` of the browser's offer."""
    fingerprints: tuple[Fingerprint, ...] = ()
    """Of the browser's certificate: the same ones mean the same peer connection."""
    handle: int = 0
    up: bool = False
    arriving: set[tuple[str, int]] = msgspec.field(default_factory=set)
    """Streams (`mid` and layer) from which packets arrive."""
    arriving_since: datetime | None = None

    @property
    def sources(self) -> dict[FeedId, Source]:
        """The sources of its feeds."""
        return {feed: Source(self.number, mid) for mid, feed in self.feeds.items()}

    def hear_media(self, said: Said, now: datetime) -> None:
        """Take in that packets of a stream started or stopped arriving."""
        stream = said.mid, said.substream
        if not said.receiving:
            self.arriving.discard(stream)
        else:
            self.arriving_since = self.arriving_since if self.arriving else now
            self.arriving.add(stream)

    def evidence(self, now: datetime) -> datetime | None:
        """A time since when a packet has certainly arrived, if all events of Janus from before `now` were read."""
        at = now - EVIDENCE_AGE
        known = self.arriving and self.arriving_since is not None and at >= self.arriving_since
        return at if known else None


class Shown(msgspec.Struct, frozen=True):
    """Whether Janus sends a picture, and its largest quality; 0 is the smallest."""

    send: bool = True
    substream: int = 2


class Subscription(msgspec.Struct, kw_only=True):
    """A seat's subscribe connection."""

    connection_id: str
    handle: int = 0
    up: bool = False
    offer_id: int = 0
    offer: str | None = None
    """The unanswered offer."""
    browser: Secrets | None = None
    """The other side, once it answered."""
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
    """The source in each media section, by `mid`; empty sections are left out."""
    feeds: dict[str, FeedId] = msgspec.field(default_factory=dict)
    """The feed in each media section, by `mid`."""
    shown: dict[str, Shown] = msgspec.field(default_factory=dict)
    """What Janus was asked to send of pictures that it does not send in full, by `mid`."""

    @property
    def never_answered(self) -> bool:
        """True until the first offer is answered."""
        return self.browser is None

    def take_offer(self, said: Said, offer_id: int, wanted: Mapping[Source, FeedId]) -> None:
        """Take an offer from Janus; a section with a new source starts with the full picture."""
        self.offer, self.offer_id = said.sdp, offer_id
        carried = ((one.mid, Source(one.feed_id, one.feed_mid or "")) for one in said.room.streams if one.feed_id)
        before, self.sources = self.sources, dict(carried)
        self.feeds = {mid: wanted[source] for mid, source in self.sources.items() if source in wanted}
        self.shown = {mid: shown for mid, shown in self.shown.items() if before.get(mid) == self.sources.get(mid)}

    def show(self, tiles: Mapping[FeedId, TileSize | None]) -> dict[str, Shown]:
        """The changes to request from Janus, by `mid`, so that pictures suit their tiles."""
        wanted = {mid: _shown(feed, tiles) for mid, feed in self.feeds.items() if feed.kind != "audio"}
        changes = {mid: shown for mid, shown in wanted.items() if self.shown.get(mid, Shown()) != shown}
        self.shown |= changes
        return changes


def _shown(feed: FeedId, tiles: Mapping[FeedId, TileSize | None]) -> Shown:
    if feed not in tiles:
        return Shown(substream=2 if feed.kind == "screen" else 0)
    tile = tiles[feed]
    if tile is None:
        return Shown(send=False, substream=0)
    small_enough = [tile.height <= SHOWN_SMALL, tile.height <= SHOWN_MEDIUM, True].index(True)
    return Shown(substream=2 if feed.kind == "screen" else small_enough)


class JanusSeat:
    """The two connections of one seat, either of which may be missing."""

    __slots__ = ("publication", "subscription", "tiles")

    def __init__(self) -> None:
        self.tiles: dict[FeedId, TileSize | None] = {}
        self.publication: Publication | None = None
        self.subscription: Subscription | None = None
