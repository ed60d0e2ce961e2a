"""The speakers of a room, and their assignment to audio slots. Pure."""

from collections.abc import Mapping, Sequence

import msgspec

from signaling.media.engine import FeedId

HEARD = 50.0
"""-dBov; a quieter sound is not speech."""
MOST = 3
"""Speakers that are ranked; quieter ones are not reported."""
AUDIO_SLOTS = 3
"""Voices forwarded to each subscriber at once, whatever the size of the room."""
LOUDER = 6.0
"""Decibels by which a voice must be louder to take the slot of one that still speaks."""


class Voice(msgspec.Struct, frozen=True):
    """A published sound: its level in -dBov (smaller is louder), and when it was last heard (seconds)."""

    feed: FeedId
    level: float
    heard_at: float


def loudest(levels: Mapping[str, float]) -> tuple[str, ...]:
    """The connections that speak, loudest first; levels are in -dBov, so smaller is louder."""
    heard = sorted((level, connection) for connection, level in levels.items() if level < HEARD)
    return tuple(connection for _, connection in heard[:MOST])


def assign(slots: Sequence[FeedId | None], voices: Sequence[Voice]) -> list[FeedId | None]:
    """The feed in each slot. A feed keeps its slot if possible, and only a speaker takes a slot from another feed."""
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
    """Sorts speakers by loudness, then silent people by when they last spoke."""
    return min(voice.level, HEARD), -voice.heard_at, voice.feed


def _displaces(voice: Voice, holder: Voice) -> bool:
    if voice.level >= HEARD:
        return False
    return holder.level >= HEARD or voice.level + LOUDER < holder.level
