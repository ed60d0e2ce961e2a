"""Which node held a room, and who was in which breakout, as the oracle sees it."""

from tests.domain.oracle.seconds import cut

EPOCH = 2**32


def epoch(event: dict) -> int:
    return event["seq"] // EPOCH


def in_its_epoch(event: dict, events: list) -> bool:
    """Whether no later epoch had begun by the second of the event."""
    later = [cut(e["at"]) for e in events if e["type"] == "room.opened" and epoch(e) > epoch(event)]
    return all(cut(event["at"]) < start for start in later)


def let_go(event: dict, events: list) -> bool:
    """Whether the node that recorded it no longer holds the room."""
    taken = any(e["type"] == "room.opened" and epoch(e) > epoch(event) for e in events)
    return taken or any(e["type"] == "room.closed" and epoch(e) == epoch(event) for e in events)


def place(life: list, t: int) -> str:
    """The breakout that a connection is in; "" is the main room."""
    moves = [event for event in life if event["type"] == "connection.moved" and cut(event["at"]) <= t]
    return (moves[-1]["to"] or "") if moves else ""


def places(evening, person: str, roles: tuple, t: int, bridged: bool) -> set:
    """The breakouts where the person's connections are; in a bridged gap, those in the second before it."""
    seen_at = [t]
    if bridged and t not in evening.person_seconds(person, roles):
        seen_at += [gap[0] - 1 for gap in evening.bridged_gaps(person, roles) if gap[0] <= t < gap[1]]
    return {
        place(evening.life(connection), u)
        for connection in evening.connections_of(person, roles)
        for u in seen_at
        if u in evening.seconds_of[connection]
    }


def has_company(evening, client: str, t: int) -> bool:
    """Whether a facilitator is where the client is. Presence known only from a correction matches any place."""
    here = places(evening, client, ("client",), t, evening.rules["bridge_credit"])
    added = t in evening.corrected(client, "add")
    return any(meets(evening, facilitator, t, here, added) for facilitator in evening.facilitators)


def meets(evening, facilitator: str, t: int, here: set, added: bool) -> bool:
    if t in evening.corrected(facilitator, "remove"):
        return False
    theirs = places(evening, facilitator, tuple(evening.rules["qualified_roles"]), t, True)
    everywhere = t in evening.corrected(facilitator, "add")
    return bool(here & theirs) or (everywhere and (added or bool(here))) or (added and bool(theirs))
