"""Who is heard, and who has a slot to be heard in. Pure."""

from collections.abc import Mapping, Sequence

import msgspec

from signaling.media.engine import FeedId

HEARD = 50.0
"""Quieter than -50 dBov is not speech."""
MOST = 3
"""Speakers that are ranked; those behind them are not said to speak."""
AUDIO_SLOTS = 3
"""Voices forwarded to each subscriber at once, whatever the size of the room."""
LOUDER = 6.0
"""Decibels by which a voice must be louder to take the slot of one that still speaks."""


class Voice(msgspec.Struct, frozen=True):
    """A published sound now: its level in -dBov (smaller is louder), and the seconds when it was heard last."""

    feed: FeedId
    level: float
    heard_at: float


def loudest(levels: Mapping[str, float]) -> tuple[str, ...]:
    """Those who speak, loudest first; levels are -dBov, so the smaller the louder."""
    heard = sorted((level, connection) for connection, level in levels.items() if level < HEARD)
    return tuple(connection for _, connection in heard[:MOST])


def assign(slots: Sequence[FeedId | None], voices: Sequence[Voice]) -> list[FeedId | None]:
    """Who is in each slot now. Nobody moves without need, and a slot changes hands only for someone who speaks."""
    by_feed = {voice.feed: voice for voice in voices}
    assigned = [feed if feed in by_feed else None for feed in slots]
    for voice in sorted(voices, key=_rank):
        if voice.feed in assigned:
            continue
        holders = [by_feed[feed] for feed in assigned if feed is not None]
        if None in assigned:
            assigned[assigned.index(None)] = voice.feed
        elif holders and _displaces(voice, quietest := max(holders, key=_rank)):
            assigned[assigned.index(quietest.feed)] = voice.feed
    return assigned


def _rank(voice: Voice) -> tuple[float, float, FeedId]:
    """Speakers by loudness, then the silent by how lately they spoke."""
    return min(voice.level, HEARD), -voice.heard_at, voice.feed


def _displaces(voice: Voice, holder: Voice) -> bool:
    if voice.level >= HEARD:
        return False
    return holder.level >= HEARD or voice.level + LOUDER < holder.level
