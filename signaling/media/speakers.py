"""Who is heard. Pure."""

from collections.abc import Mapping

HEARD = 50.0
"""Quieter than -50 dBov is not speech."""
MOST = 3


def loudest(levels: Mapping[str, float]) -> tuple[str, ...]:
    """Those who speak, loudest first; levels are -dBov, so the smaller the louder."""
    heard = sorted((level, connection) for connection, level in levels.items() if level < HEARD)
    return tuple(connection for _, connection in heard[:MOST])
